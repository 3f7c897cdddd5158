// Getting around: titles, deep links, Back, and the place one had scrolled to.

import { test, expect } from '../support/fixtures.ts'
import { signUp } from '../support/actions.ts'

const TITLES = {
  '/': 'Messages · Wishboard',
  '/wishes': 'Wishes · Wishboard',
  '/signup': 'Sign up · Wishboard',
  '/account': 'Account · Wishboard',
  '/no/such/page': 'There is nothing here · Wishboard',
}

test('every page has a title, and opens by its address', async ({ page }) => {
  for (const [path, title] of Object.entries(TITLES)) {
    await page.goto(path)
    await expect(page).toHaveTitle(title)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(title.replace(' · Wishboard', ''))
  }
  await page.getByRole('link', { name: 'To the messages' }).click()
  await expect(page).toHaveTitle('Messages · Wishboard')
  const username = await signUp(page, 'Titus')
  await page.goto(`/u/${username}`)
  await expect(page).toHaveTitle('My wishes · Wishboard')
})

test('Back finds the place one had scrolled to', async ({ page }) => {
  await signUp(page, 'Bastian')
  const token = await page.evaluate(() => JSON.parse(localStorage.getItem('wishboard.session') ?? '{}').token)
  for (let number = 0; number < 20; number++) {
    const headers = { authorization: `Bearer ${token}` }
    await page.request.post('/api/messages', { headers, data: { body: `line\n`.repeat(8) + number } })
  }
  await page.goto('/')
  await expect(page.getByRole('article')).toHaveCount(20)
  await page.getByRole('article').nth(12).scrollIntoViewIfNeeded()
  const scrolled = () => page.evaluate(() => Math.round(scrollY))
  const place = await scrolled()
  expect(place).toBeGreaterThan(500)
  await page.getByRole('article').nth(12).getByRole('link', { name: 'Bastian' }).click()
  await expect(page.getByRole('heading', { name: 'My wishes' })).toBeFocused()
  expect(await scrolled()).toBe(0)
  await page.goBack()
  await expect.poll(scrolled).toBe(place)
  await page.reload()
  await expect.poll(scrolled).toBe(place)
})

// Navigation: titles, URLs, scroll positions.

import { openApp, reloadApp, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'

const HEADINGS = {
  '/': 'Messages',
  '/wishes': 'Wishes',
  '/signup': 'Sign up',
  '/account': 'Account',
  '/no/such/page': 'Page not found',
}

test('every page opens by its URL and has a title', async ({ page }) => {
  for (const [path, heading] of Object.entries(HEADINGS)) {
    await openApp(page, path)
    await expect(page).toHaveTitle(`${heading} · Wishboard`)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(heading)
  }
  await page.getByRole('link', { name: 'Go to messages' }).click()
  await expect(page).toHaveTitle('Messages · Wishboard')
  const username = await signUp(page, 'Titus')
  await openApp(page, `/u/${username}`)
  await expect(page).toHaveTitle('My wishes · Wishboard')
})

test('going back and reloading restore the scroll position', async ({ page }) => {
  await signUp(page, 'Bastian')
  const api = await ApiClient.ofPage(page)
  for (let number = 0; number < 20; number++) await api.postMessage('line\n'.repeat(8) + number)
  await openApp(page, '/')
  await expect(page.getByRole('article')).toHaveCount(20)
  const article = page.getByRole('article').nth(12)
  await article.scrollIntoViewIfNeeded()
  const scrollPosition = () => page.evaluate(() => Math.round(scrollY))
  const before = await scrollPosition()
  expect(before).toBeGreaterThan(500)
  await article.getByRole('link', { name: 'Bastian' }).click()
  await expect(page.getByRole('heading', { name: 'My wishes' })).toBeFocused()
  expect(await scrollPosition()).toBe(0)
  await page.goBack()
  await expect.poll(scrollPosition).toBe(before)
  await reloadApp(page)
  await expect.poll(scrollPosition).toBe(before)
})

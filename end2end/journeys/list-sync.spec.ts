// News from others arrive by themselves, and one's own changes are everywhere at once.

import { test, expect } from '../support/fixtures.ts'
import { choose, PASSWORD, post, signUp } from '../support/actions.ts'

test('what others post is offered within half a minute, and costs nothing when there is none', async ({
  page,
  browser,
  baseURL,
}) => {
  const other = await browser.newPage({ baseURL })
  await signUp(other, 'Otto')
  await post(other, 'No news yet')
  await page.clock.install()
  const statuses: number[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/messages') statuses.push(response.status())
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.clock.fastForward(31_000)
  // The other worker's tests have a server of their own: nobody else posts here.
  await expect.poll(() => statuses).toEqual([200, 304])

  const text = `News (${crypto.randomUUID()})`
  await post(other, text)
  await page.clock.fastForward(31_000)
  await page.getByRole('button', { name: '1 new message' }).click()
  await expect(page.getByRole('article').first()).toContainText(text)
  await other.close()
})

test('a wish is on every list it belongs to, and off again', async ({ page }) => {
  await signUp(page, 'Wim')
  // Lists that lag: they stay as they were before anything was added.
  await page.route(/\/api\/(wishes|users\/[^/]+\/wishes)$/, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    await route.fulfill({ json: { wishes: [], next: null } })
  })
  await choose(page, 'My wishes')
  const name = `A kite (${crypto.randomUUID()})`
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Add a wish' }).click()
  await dialog.getByLabel('Wish').fill(name)
  await dialog.getByRole('button', { name: 'Add' }).click()
  const wish = page.getByRole('article').filter({ hasText: name })
  await expect(wish).toHaveCount(1)
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await expect(wish).toHaveCount(1)
  await wish.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(wish).toHaveCount(0)
  await choose(page, 'My wishes')
  await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
})

test('what a deleted account wrote is gone from other tabs', async ({ page, context }) => {
  await signUp(page, 'Gustav')
  const text = `Soon gone (${crypto.randomUUID()})`
  await post(page, text)
  const other = await context.newPage()
  await other.goto('/')
  await expect(other.getByText(text)).toBeVisible()
  await choose(page, 'Account')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Your account was deleted.')).toBeVisible()
  await expect(other.getByText(text)).toHaveCount(0)
  await expect(other.getByRole('banner').locator('summary')).toHaveText('Log in')
})

test.describe('in two tabs', () => {
  test.use({ expected: ['412'] })

  test('a wish that is marked twice is marked', async ({ page, context }) => {
    await signUp(page, 'Zoe')
    await choose(page, 'My wishes')
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Add a wish' }).click()
    await dialog.getByLabel('Wish').fill('A bell')
    await dialog.getByRole('button', { name: 'Add' }).click()
    const other = await context.newPage()
    await other.goto(page.url())
    await expect(other.getByRole('button', { name: 'Mark as received' })).toBeVisible()
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Mark as received' }).click()
      await tab.getByText('Received (1)').click()
      await expect(tab.getByRole('button', { name: 'Not received yet' })).toBeVisible()
      await expect(tab.getByText('changed elsewhere')).toHaveCount(0)
    }
  })
})

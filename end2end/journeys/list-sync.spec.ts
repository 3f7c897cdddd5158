// Lists stay up to date: polling, local changes that the server's list does not include yet, equal edits in two tabs.

import { addWish, chooseFromMenu, expectListLoaded, openApp, postMessage, signUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

/** A little longer than the app waits between two polls, in milliseconds. */
const POLL_INTERVAL = 31_000

test('polling offers new messages, and gets 304 while there are none', async ({ page, otherPage }) => {
  await signUp(otherPage, 'Otto')
  await postMessage(otherPage, 'No news yet')
  await page.clock.install()
  const statuses: number[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === '/api/messages') statuses.push(response.status())
  })
  await openApp(page, '/')
  await expectListLoaded(page, 'Messages')
  await page.clock.fastForward(POLL_INTERVAL)
  // Each worker has its own server, so no other test posts a message here.
  await expect.poll(() => statuses).toEqual([200, 304])

  const text = uniqueText('News')
  await postMessage(otherPage, text)
  await page.clock.fastForward(POLL_INTERVAL)
  await page.getByRole('button', { name: '1 new message' }).click()
  await expect(page.getByRole('article').first()).toContainText(text)
})

test('lists show an added wish and hide a deleted one at once, even if the server lags', async ({ page }) => {
  await signUp(page, 'Wim')
  // The server's lists stay as they were before the wish was added.
  await page.route(/\/api\/(wishes|users\/[^/]+\/wishes)$/, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    await route.fulfill({ json: { wishes: [], next: null } })
  })
  await chooseFromMenu(page, 'My wishes')
  const name = uniqueText('A kite')
  const wish = page.getByRole('article').filter({ hasText: name })

  await test.step('added', async () => {
    await addWish(page, name)
    await expect(wish).toHaveCount(1)
    await page.getByRole('link', { name: 'Wishes', exact: true }).click()
    await expectListLoaded(page, 'Wishes')
    await expect(wish).toHaveCount(1)
  })

  await test.step('deleted', async () => {
    await wish.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(wish).toHaveCount(0)
    await chooseFromMenu(page, 'My wishes')
    await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
  })
})

test.describe('two tabs that show the same wish', () => {
  test.use({ expectedErrors: ['412'] })

  test('can both mark it as received', async ({ page, context }) => {
    await signUp(page, 'Zoe')
    await chooseFromMenu(page, 'My wishes')
    await addWish(page, 'A bell')
    const otherTab = await context.newPage()
    await openApp(otherTab, page.url())
    await expect(otherTab.getByRole('button', { name: 'Mark as received' })).toBeVisible()
    for (const [tab, status] of [[page, 200], [otherTab, 412]] as const) {
      const response = tab.waitForResponse('**/api/wishes/*')
      await tab.getByRole('button', { name: 'Mark as received' }).click()
      expect((await response).status()).toBe(status)
      await tab.getByText('Received (1)').click()
      await expect(tab.getByRole('button', { name: 'Move back to wishes' })).toBeVisible()
      await expect(tab.getByText('edited somewhere else')).toHaveCount(0)
    }
  })
})

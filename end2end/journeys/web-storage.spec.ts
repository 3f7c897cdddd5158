// The app works where localStorage is blocked or full, or contains invalid values.

import { expectLoggedOut, logIn, openApp, postMessage, signUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD } from '../support/test-data.ts'
import { GUEST_DRAFTS_KEY, SESSION_KEY } from '../support/web-storage.ts'

const NOT_PERSISTED_NOTICE = "This browser can't store anything."

test('a user can log in and post where localStorage is blocked', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await signUp(page, 'Milo')
  await expect(page.getByText(NOT_PERSISTED_NOTICE)).toBeVisible()
  await postMessage(page, 'From memory')
})

test('invalid values in localStorage are ignored', async ({ page }) => {
  await signUp(page, 'Fritz')
  for (const value of ['{', '{"token":"a\\nb"}', '7']) {
    const items = { [SESSION_KEY]: value, [GUEST_DRAFTS_KEY]: value }
    await page.evaluate((items) => Object.assign(localStorage, items), items)
    await openApp(page, '/signup')
    await expectLoggedOut(page)
  }
})

test('a user can log in and post where localStorage is full', async ({ page }) => {
  const username = await signUp(page, 'Fritz')
  await page.evaluate(() => {
    localStorage.clear()
    const MORE_THAN_THE_QUOTA = 1 << 24 // characters; browsers grant 5 to 10 million
    for (let size = MORE_THAN_THE_QUOTA; size > 0; size >>= 1) {
      try {
        localStorage.setItem(`filler ${size}`, 'x'.repeat(size))
      } catch {
        // This size does not fit; a smaller one may.
      }
    }
  })
  await openApp(page, '/signup')
  await logIn(page, username, PASSWORD)
  await expect(page.getByText(NOT_PERSISTED_NOTICE)).toBeVisible()
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await postMessage(page, 'Squeezed in')
})

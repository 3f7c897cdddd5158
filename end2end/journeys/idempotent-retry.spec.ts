// Retries after a lost response or a 503: the server stores the user's input once.

import {
  expectLoggedIn,
  messageField,
  openApp,
  openMessageEditor,
  reloadApp,
  signUp,
  submitMessage,
  submitSignUp,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { loseFirstResponse } from '../support/network.ts'
import { uniqueText, uniqueUsername } from '../support/test-data.ts'

test.describe('after a lost response', () => {
  test.use({ expectedErrors: ['net::ERR_FAILED', '409'] })

  test('a retry posts the message once', async ({ page }) => {
    await signUp(page, 'Luis')
    const text = uniqueText('Only once')
    await loseFirstResponse(page, '/api/messages')
    const dialog = page.getByRole('dialog')
    await openMessageEditor(page)
    await messageField(page).fill(text)
    await submitMessage(page)
    await expect(dialog.getByRole('alert')).toContainText("Wishboard can't be reached.")
    await expect(messageField(page)).toHaveValue(text)
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await expect(dialog).toBeHidden()
    await reloadApp(page)
    await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
  })

  test('a retry of the sign-up logs in to the new account', async ({ page }) => {
    await openApp(page, '/signup')
    await loseFirstResponse(page, '/api/signup')
    const form = page.getByRole('form', { name: 'Sign up' })
    await submitSignUp(form, uniqueUsername(), 'Lost and Found')
    await form.getByRole('button', { name: 'Retry' }).click()
    await expectLoggedIn(page, 'Lost and Found')
  })
})

test.describe('after a 503', () => {
  test.use({ expectedErrors: ['503'] })

  test('a retry sends the same text with the same idempotency key', async ({ page }) => {
    await signUp(page, 'Bea')
    const requests: { key?: string; body: string | null }[] = []
    await page.route('**/api/messages', async (route) => {
      const request = route.request()
      if (request.method() !== 'POST') return route.fallback()
      requests.push({ key: request.headers()['idempotency-key'], body: request.postData() })
      if (requests.length === 2) return route.fallback()
      await route.fulfill({ status: 503, contentType: 'text/plain', body: 'busy' })
    })
    const dialog = page.getByRole('dialog')
    await openMessageEditor(page)
    await messageField(page).fill('Patience')
    await submitMessage(page)
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await expect(dialog).toBeHidden()
    expect(requests).toHaveLength(2)
    expect(requests[0].key).toBeTruthy()
    expect(requests[1]).toEqual(requests[0])
  })
})

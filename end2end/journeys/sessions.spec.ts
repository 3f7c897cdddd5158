// Sessions: access tokens that expire, logout, another user in the same browser, sessions that end from elsewhere.

import type { Page, Request } from '@playwright/test'
import {
  chooseFromMenu,
  expectListLoaded,
  expectLoggedIn,
  expectLoggedOut,
  logIn,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  reloadApp,
  signUp,
  submitMessage,
  submitSignUp,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'
import { invalidateAccessToken } from '../support/web-storage.ts'

test.use({ expectedErrors: ['401', 'net::ERR_INTERNET_DISCONNECTED'] })

test('a logout at /lite also deletes what the app has stored', async ({ page }) => {
  await signUp(page, 'Lita')
  await page.goto('/lite')
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('region', { name: 'Log in' })).toBeVisible()
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await openApp(page, '/')
  await expectLoggedOut(page)
})

test('a request with an expired access token is sent again after one refresh', async ({ page }) => {
  await signUp(page, 'Rosa')
  const refreshes = requestsTo(page, '/api/token')
  await invalidateAccessToken(page)
  await postMessage(page, 'Still me')
  await expect(page.getByRole('article').filter({ hasText: 'Still me' })).toHaveCount(1)
  expect(refreshes).toHaveLength(1)
})

test('two requests with an expired access token share one refresh', async ({ page }) => {
  await signUp(page, 'Rosa')
  await invalidateAccessToken(page)
  const refreshes = requestsTo(page, '/api/token')
  const rejected: string[] = []
  page.on('response', (response) => {
    if (response.status() === 401) rejected.push(new URL(response.url()).pathname)
  })
  await page.route('**/api/token', async (route) => {
    await expect.poll(() => rejected.sort()).toEqual(['/api/me/export', '/api/me/sessions'])
    await route.continue()
  })
  await openApp(page, '/account')
  await page.getByRole('button', { name: 'Download my data' }).click()
  await expect(page.getByRole('link', { name: 'Save the file' })).toBeVisible()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  expect(refreshes).toHaveLength(1)
})

test('a message written by one user is not posted as the user who has logged in since', async ({ page, otherPage }) => {
  const berta = await signUp(otherPage, 'Berta')
  await signUp(page, 'Anna')
  await invalidateAccessToken(page)
  // Replaces the session cookie without a broadcast, like a login in a tab that cannot reach this one.
  await page.request.post('/api/login', { data: { username: berta, password: PASSWORD } })
  await openMessageEditor(page)
  await messageField(page).fill('Anna wrote this')
  await submitMessage(page)
  await expect(page.getByText("You're now logged in as \u2068Berta\u2069.")).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await reloadApp(page)
  await expectListLoaded(page, 'Messages')
  await expect(page.getByText('Anna wrote this')).toHaveCount(0)
  await openMessageEditor(page)
  await expect(messageField(page)).toHaveValue('')
})

test('sign-up returns to the page that the user came from, never to another site', async ({ page, baseURL }) => {
  await openApp(page, '/wishes')
  await page.getByRole('link', { name: 'Sign up' }).first().click()
  await submitSignUp(page.getByRole('form', { name: 'Sign up' }), uniqueUsername(), 'Wanda')
  await expect(page).toHaveURL(`${baseURL}/wishes`)
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example']) {
    await openApp(page, `/signup?next=${next}`)
    await expect(page).toHaveURL(`${baseURL}/`)
  }
})

test('going back after a logout shows no data of the user', async ({ page }) => {
  const username = await signUp(page, 'Bruno')
  await chooseFromMenu(page, 'Account')
  await expect(page.getByRole('main').getByText(`@${username}`)).toBeVisible()
  await openApp(page, '/wishes')
  await chooseFromMenu(page, 'Log out')
  await expectLoggedOut(page)
  await page.goBack()
  await expect(page.getByText('Log in to see your account.')).toBeVisible()
  await expect(page.getByText(username)).toHaveCount(0)
})

test('a logout without a network ends the session once the network is back', async ({ page, context }) => {
  await signUp(page, 'Olga')
  await context.setOffline(true)
  await chooseFromMenu(page, 'Log out')
  await expectLoggedOut(page)
  const notice = page.getByText("You're logged out here, but the server can't be reached.")
  await expect(notice).toBeVisible()
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('token')
  const logout = page.waitForResponse('**/api/logout')
  await context.setOffline(false)
  await logout
  await expect(notice).toHaveCount(0)
  expect((await page.request.post('/api/token')).status()).toBe(401)
})

test('a session that the user ends from another browser can no longer post', async ({ page, otherPage }) => {
  const username = await signUp(page, 'Olga')
  await openApp(otherPage, '/')
  await logIn(otherPage, username, PASSWORD)
  await openMessageEditor(otherPage)

  await test.step('the user ends the other session', async () => {
    await chooseFromMenu(page, 'Account')
    const sessions = page.getByRole('listitem')
    await expect(sessions).toHaveCount(2)
    await expect(sessions.filter({ hasText: 'This device' })).toContainText('Chrome on')
    await page.getByRole('button', { name: /^Log out Chrome on/ }).click()
    await expect(page.getByText('That device was logged out.')).toBeVisible()
    await expect(sessions).toHaveCount(1)
  })

  await test.step('the other browser is logged out when it posts', async () => {
    await messageField(otherPage).fill('too late')
    await submitMessage(otherPage)
    await expect(otherPage.getByText('You were logged out. Please log in again.').first()).toBeVisible()
    await expectLoggedOut(otherPage)
  })

  await test.step('the message was not posted, and the first session goes on', async () => {
    await openApp(page, '/')
    await expectLoggedIn(page, 'Olga')
    await expectListLoaded(page, 'Messages')
    await expect(page.getByText('too late')).toHaveCount(0)
  })
})

test.describe('after too many wrong passwords', () => {
  test.use({ expectedErrors: ['401', '429'] })

  test('the login form counts down and keeps the username', async ({ page }) => {
    const username = uniqueUsername()
    const data = { username, password: 'not the password' }
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await page.request.post('/api/login', { data })).status()).toBe(401)
    }
    await openApp(page, '/')
    await logIn(page, username, data.password)
    const form = page.getByRole('banner').getByRole('form', { name: 'Log in' })
    await expect(form).toContainText(/Please wait \d+:\d\d/)
    await expect(form.getByRole('button', { name: 'Log in' })).toBeDisabled()
    await expect(form.getByLabel('Username')).toHaveValue(username)
  })
})

/** Collects the requests to a path from now on. */
function requestsTo(page: Page, path: string): Request[] {
  const requests: Request[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === path) requests.push(request)
  })
  return requests
}

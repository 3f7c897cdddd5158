// Logins that feel right: in all tabs, after an end, without a network, where the browser keeps nothing.

import { test, expect } from '../support/fixtures.ts'
import { choose, logIn, PASSWORD, post, signUp } from '../support/actions.ts'

test.use({ expected: ['401', 'net::ERR_INTERNET_DISCONNECTED'] })

test('log-out and login reach the other tab', async ({ page, context }) => {
  const username = await signUp(page, 'Tara')
  const other = await context.newPage()
  await other.goto('/account')
  await expect(other.getByRole('main').getByText(`@${username}`)).toBeVisible()
  const summary = other.getByRole('banner').locator('summary')
  const soon = { timeout: 1_000 }
  await choose(page, 'Log out')
  await expect(summary).toHaveText('Log in', soon)
  await expect(other.getByRole('main').getByText(`@${username}`)).toHaveCount(0, soon)
  await logIn(page, username, PASSWORD)
  await expect(page.getByRole('banner').locator('summary')).toContainText('Tara')
  await expect(summary).toContainText('Tara', soon)
})

test('an expired token is refreshed once, however many ask', async ({ page }) => {
  await signUp(page, 'Rosa')
  let refreshed = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/token') refreshed++
  })
  await page.evaluate(() => {
    const login = JSON.parse(localStorage.getItem('wishboard.session') ?? '{}')
    localStorage.setItem('wishboard.session', JSON.stringify({ ...login, token: 'stale' }))
  })
  await page.reload()
  await post(page, 'Still me')
  await expect(page.getByRole('article').filter({ hasText: 'Still me' })).toHaveCount(1)
  expect(refreshed).toBe(1)
})

test('nothing is sent for another person, who is named', async ({ page, browser, baseURL }) => {
  const elsewhere = await browser.newPage({ baseURL })
  const berta = await signUp(elsewhere, 'Berta')
  await elsewhere.close()
  await signUp(page, 'Anna')
  await page.evaluate(() => {
    const login = JSON.parse(localStorage.getItem('wishboard.session') ?? '{}')
    localStorage.setItem('wishboard.session', JSON.stringify({ ...login, token: 'stale' }))
  })
  await page.reload()
  await page.request.post('/api/login', { data: { username: berta, password: PASSWORD } })
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Post a message' }).click()
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Anna wrote this')
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await expect(page.getByText('You are now logged in as \u2068Berta\u2069.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  await expect(page.getByText('Anna wrote this')).toHaveCount(0)
  await page.getByRole('button', { name: 'Post a message' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue('')
})

test('signing up leads back to where one was, and to no other site', async ({ page, baseURL }) => {
  await page.goto('/wishes')
  await page.getByRole('link', { name: 'Sign up' }).first().click()
  const form = page.getByRole('form', { name: 'Sign up' })
  await form.getByLabel('Username').fill(`p-${crypto.randomUUID().slice(0, 13)}`)
  await form.getByLabel('Name', { exact: true }).fill('Wanda')
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign up' }).click()
  await expect(page).toHaveURL(`${baseURL}/wishes`)
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example']) {
    await page.goto(`/signup?next=${next}`)
    await expect(page).toHaveURL(`${baseURL}/`)
  }
})

test('Back after a log-out shows nothing of the person', async ({ page }) => {
  const username = await signUp(page, 'Bruno')
  await choose(page, 'Account')
  await expect(page.getByRole('main').getByText(`@${username}`)).toBeVisible()
  await page.goto('/wishes')
  await choose(page, 'Log out')
  await expect(page.getByRole('banner').locator('summary')).toHaveText('Log in')
  await page.goBack()
  await expect(page.getByText('Log in to see your account.')).toBeVisible()
  await expect(page.getByText(username)).toHaveCount(0)
})

test('a log-out without a network is told later and ends the session', async ({ page, context }) => {
  await signUp(page, 'Olga')
  await context.setOffline(true)
  await choose(page, 'Log out')
  await expect(page.getByRole('banner').locator('summary')).toHaveText('Log in')
  await expect(page.getByText('Wishboard could not be told yet')).toBeVisible()
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('token')
  const told = page.waitForResponse('**/api/logout')
  await context.setOffline(false)
  await told
  await expect(page.getByText('Wishboard could not be told yet')).toHaveCount(0)
  expect((await page.request.post('/api/token')).status()).toBe(401)
})

test('without a storage one logs in all the same, and is told', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await signUp(page, 'Milo')
  await expect(page.getByText('This browser keeps nothing')).toBeVisible()
  await post(page, 'From memory')
})

test('a storage that is full, or full of nonsense, is no obstacle', async ({ page }) => {
  const username = await signUp(page, 'Fritz')
  for (const nonsense of ['{', '{"token":"a\\nb"}', '7']) {
    await page.evaluate((text) => {
      localStorage.setItem('wishboard.session', text)
      localStorage.setItem('wishboard.drafts.', text)
    }, nonsense)
    await page.goto('/signup')
    await expect(page.getByRole('banner').locator('summary')).toHaveText('Log in')
  }
  await page.evaluate(() => {
    localStorage.clear()
    for (let size = 1 << 22; size > 0; size >>= 1) {
      try {
        for (;;) localStorage.setItem(`filler ${size} ${localStorage.length}`, 'x'.repeat(size))
      } catch {
        // That much does not fit any more.
      }
    }
  })
  await logIn(page, username, PASSWORD)
  await expect(page.getByText('This browser keeps nothing')).toBeVisible()
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await post(page, 'Squeezed in')
})

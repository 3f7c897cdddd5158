// Nothing typed is lost: not by a reload, not by a network that goes, not by a server that is busy.

import { test, expect } from '../support/fixtures.ts'
import { choose, logIn, PASSWORD, post, signUp } from '../support/actions.ts'

test.use({ expected: ['net::ERR_INTERNET_DISCONNECTED', '503', '401', '409'] })

test('a draft outlives reload, page and login, and ends with the log-out', async ({ page }) => {
  const username = await signUp(page, 'Dora')
  const dialog = page.getByRole('dialog')
  const message = dialog.getByRole('textbox', { name: 'Message' })
  const open = page.getByRole('button', { name: 'Post a message' })
  await open.click()
  await message.fill('Half a thought')

  await test.step('a reload', async () => {
    await page.reload()
    await expect(page.getByText('You have a draft.')).toBeVisible()
    await open.click()
    await expect(message).toHaveValue('Half a thought')
  })

  await test.step('the end of a login, and its return in the dialog', async () => {
    await page.request.post('/api/logout')
    await dialog.getByRole('button', { name: 'Post', exact: true }).click()
    await expect(dialog.getByRole('alert').first()).toContainText('Your login has ended.')
    await dialog.getByLabel('Username').fill(username)
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Log in' }).click()
    await expect(dialog.getByLabel('Username')).toHaveCount(0)
    await expect(message).toHaveValue('Half a thought')
  })

  await test.step('a log-out', async () => {
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await choose(page, 'Log out')
    await logIn(page, username, PASSWORD)
    await expect(open).toBeVisible()
    await expect(page.getByText('You have a draft.')).toHaveCount(0)
    await open.click()
    await expect(message).toHaveValue('')
  })
})

test('what is written offline is kept, and posted once when there is a network again', async ({ page, context }) => {
  await signUp(page, 'Nora')
  await post(page, 'Read before')
  const text = `From the tunnel (${crypto.randomUUID()})`
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('You are offline. What is here stays')).toBeVisible()

  await test.step('what was there is still there', async () => {
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await expect(page.getByText('Read before').first()).toBeVisible()
  })

  const dialog = page.getByRole('dialog')
  await test.step('a post waits', async () => {
    await page.getByRole('button', { name: 'Post a message' }).click()
    await dialog.getByRole('textbox', { name: 'Message' }).fill(text)
    await dialog.getByRole('button', { name: 'Post', exact: true }).click()
    await expect(dialog.getByRole('alert').first()).toContainText('You are offline.')
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(text)
  })

  await test.step('and goes by itself', async () => {
    await context.setOffline(false)
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
    await page.reload()
    await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
  })
})

test('a busy server gets the same text under the same key again', async ({ page }) => {
  await signUp(page, 'Bea')
  const keys: (string | undefined)[] = []
  await page.route('**/api/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length === 2) return route.fallback()
    await route.fulfill({ status: 503, contentType: 'text/plain', body: 'busy' })
  })
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Post a message' }).click()
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Patience')
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await dialog.getByRole('button', { name: 'Retry' }).click()
  await expect(dialog).toBeHidden()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

test('a sign-up is kept without its password, and one whose answer was lost is a login', async ({ page }) => {
  const username = `p-${crypto.randomUUID().slice(0, 13)}`
  const form = page.getByRole('form', { name: 'Sign up' })
  await page.goto('/signup')
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Name', { exact: true }).fill('Lost and Found')
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.reload()
  await expect(form.getByLabel('Username')).toHaveValue(username)
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Lost and Found')
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('')
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)

  let lost = false
  await page.route('**/api/signup', async (route) => {
    if (lost) return route.fallback()
    lost = true
    await route.fetch()
    await route.abort('internetdisconnected')
  })
  await form.getByRole('button', { name: 'Sign up' }).click()
  await form.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('banner').locator('summary')).toContainText('Lost and Found')
})

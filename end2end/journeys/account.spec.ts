// What people do with their account.

import { readFile } from 'node:fs/promises'
import { test, expect } from '../support/fixtures.ts'
import { choose, logIn, PASSWORD, post, signUp } from '../support/actions.ts'

const NEW = 'twelve purple kettles sing'

test('a new name, a new password, the data, and good-bye', async ({ page }) => {
  const username = await signUp(page, 'Nina')
  const text = `Nina was here (${crypto.randomUUID()})`
  await post(page, text)
  await choose(page, 'Account')
  const bar = page.getByRole('banner')

  await test.step('another name', async () => {
    await page.getByLabel('Your name').fill('Nina B.')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(bar.locator('summary')).toContainText('Nina B.')
  })

  await test.step('another password, seen while it is typed', async () => {
    const next = page.getByLabel('New password', { exact: true })
    await page.getByLabel('Current password', { exact: true }).fill(PASSWORD)
    await next.fill(NEW)
    await page.getByRole('button', { name: 'Show new password' }).click()
    await expect(next).toHaveAttribute('type', 'text')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Your password is changed.')).toBeVisible()
    await choose(page, 'Log out')
    await logIn(page, username, NEW)
    await expect(bar.locator('summary')).toContainText('Nina B.')
  })

  await test.step('the data, as a file', async () => {
    await page.goto('/account')
    await page.getByRole('button', { name: 'Download my data' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save the file' }).click()
    const file = await (await download).path()
    const data = JSON.parse(await readFile(file, 'utf8'))
    expect(JSON.stringify(data)).toContain(text)
  })

  await test.step('good-bye', async () => {
    await page.getByRole('button', { name: 'Delete my account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Password', { exact: true }).fill(NEW)
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(bar.locator('summary')).toHaveText('Log in')
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
    await expect(page.getByText(text)).toHaveCount(0)
  })
})

test('a login is ended from another browser', async ({ page, browser, baseURL }) => {
  const username = await signUp(page, 'Olga')
  const elsewhere = await browser.newPage({ baseURL })
  await elsewhere.goto('/')
  await logIn(elsewhere, username, PASSWORD)
  await elsewhere.getByRole('button', { name: 'Post a message' }).click()

  await choose(page, 'Account')
  const logins = page.getByRole('listitem')
  await expect(logins).toHaveCount(2)
  await expect(logins.filter({ hasText: 'This one' })).toContainText('Chrome on')
  await page.getByRole('button', { name: /^End Chrome on/ }).click()
  await expect(page.getByText('That login has been ended.')).toBeVisible()
  await expect(logins).toHaveCount(1)

  await elsewhere.getByRole('textbox', { name: 'Message' }).fill('too late')
  await elsewhere.getByRole('dialog').getByRole('button', { name: 'Post', exact: true }).click()
  await expect(elsewhere.getByText('Your login has ended.').first()).toBeVisible()
  await expect(elsewhere.getByRole('banner').locator('summary')).toHaveText('Log in')
  await elsewhere.close()
  await page.reload()
  await expect(page.getByRole('banner').locator('summary')).toContainText('Olga')
  await expect(page.getByText('too late')).toHaveCount(0)
})

test.describe('after too many wrong passwords', () => {
  test.use({ expected: ['401', '429'] })

  test('the form counts down and keeps what was typed', async ({ page }) => {
    const username = `p-${crypto.randomUUID().slice(0, 13)}`
    for (let wrong = 0; wrong < 10; wrong++) {
      await page.request.post('/api/login', { data: { username, password: 'not the password' } })
    }
    await page.goto('/')
    await logIn(page, username, 'not the password')
    const form = page.getByRole('banner').getByRole('form', { name: 'Log in' })
    await expect(form).toContainText(/Please wait \d+:\d\d/)
    await expect(form.getByRole('button', { name: 'Log in' })).toBeDisabled()
    await expect(form.getByLabel('Username')).toHaveValue(username)
  })
})

// Drafts: text that a user has typed but not sent.

import {
  chooseFromMenu,
  expectListLoaded,
  logIn,
  messageField,
  openApp,
  openMessageEditor,
  reloadApp,
  signUp,
  submitMessage,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'

test.use({ expectedErrors: ['401'] })

test('a draft survives a reload and the end of the session, and a logout deletes it', async ({ page }) => {
  const username = await signUp(page, 'Dora')
  const dialog = page.getByRole('dialog')
  await openMessageEditor(page)
  await messageField(page).fill('Half a thought')

  await test.step('after a reload', async () => {
    await reloadApp(page)
    await expect(page.getByText('You have a draft.')).toBeVisible()
    await openMessageEditor(page)
    await expect(messageField(page)).toHaveValue('Half a thought')
  })

  await test.step('after the session has ended, until one button logs in and posts', async () => {
    await page.request.post('/api/logout')
    await submitMessage(page)
    await expect(dialog.getByRole('alert').first()).toContainText('You were logged out. Please log in again.')
    await expect(dialog.getByLabel('Username')).toHaveValue(username)
    await expect(messageField(page)).toHaveValue('Half a thought')
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Log in and post' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('article').filter({ hasText: 'Half a thought' })).toHaveCount(1)
  })

  await test.step('not after a logout', async () => {
    await openMessageEditor(page)
    await messageField(page).fill('Another thought')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await chooseFromMenu(page, 'Log out')
    await logIn(page, username, PASSWORD)
    await expect(page.getByRole('button', { name: 'Post a message' })).toBeVisible()
    await expect(page.getByText('You have a draft.')).toHaveCount(0)
    await openMessageEditor(page)
    await expect(messageField(page)).toHaveValue('')
  })
})

test('a sign-up draft survives a reload, without the password', async ({ page }) => {
  const username = uniqueUsername()
  const form = page.getByRole('form', { name: 'Sign up' })
  await openApp(page, '/signup')
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Name', { exact: true }).fill('Lost and Found')
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await reloadApp(page)
  await expect(form.getByLabel('Username')).toHaveValue(username)
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Lost and Found')
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('')
})

test('going back closes the editor', async ({ page }) => {
  await signUp(page, 'Anna')
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await openMessageEditor(page)
  await messageField(page).fill('for later')
  await page.goBack()
  await expectListLoaded(page, 'Wishes')
  await expect(page.getByRole('dialog')).toBeHidden()
})

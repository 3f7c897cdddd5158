// Two tabs of one browser: a login, a logout or a deletion in one tab reaches the other.

import {
  chooseFromMenu,
  deleteAccount,
  expectLoggedIn,
  expectLoggedOut,
  logIn,
  menuButton,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  signUp,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueText } from '../support/test-data.ts'

/** How long the other tab may take to show the change, in milliseconds. */
const CROSS_TAB_TIMEOUT = 1_000

test('a logout and a login reach the other tab within a second', async ({ page, context }) => {
  const username = await signUp(page, 'Tara')
  const otherTab = await context.newPage()
  await openApp(otherTab, '/account')
  const accountName = otherTab.getByRole('main').getByText(`@${username}`)
  await expect(accountName).toBeVisible()
  await chooseFromMenu(page, 'Log out')
  await expect(menuButton(otherTab)).toHaveText('Log in', { timeout: CROSS_TAB_TIMEOUT })
  await expect(accountName).toHaveCount(0, { timeout: CROSS_TAB_TIMEOUT })
  await logIn(page, username, PASSWORD)
  await expectLoggedIn(page, 'Tara')
  await expect(menuButton(otherTab)).toContainText('Tara', { timeout: CROSS_TAB_TIMEOUT })
})

test('a login as another user closes the editor and drops its text', async ({ page, context }) => {
  await signUp(page, 'Anna')
  await openMessageEditor(page)
  await messageField(page).fill('for Anna only')
  const otherTab = await context.newPage()
  await openApp(otherTab, '/')
  await chooseFromMenu(otherTab, 'Log out')
  await signUp(otherTab, 'Berta')
  await expect(page.getByRole('status').filter({ hasText: 'Berta' })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await openMessageEditor(page)
  await expect(messageField(page)).toHaveValue('')
})

test('the deletion of an account removes its messages from the other tab', async ({ page, context }) => {
  await signUp(page, 'Gustav')
  const text = uniqueText('Soon gone')
  await postMessage(page, text)
  const otherTab = await context.newPage()
  await openApp(otherTab, '/')
  await expect(otherTab.getByText(text)).toBeVisible()
  await chooseFromMenu(page, 'Account')
  await deleteAccount(page, PASSWORD)
  await expect(page.getByText('Your account was deleted.')).toBeVisible()
  await expect(otherTab.getByText(text)).toHaveCount(0)
  await expectLoggedOut(otherTab)
})

// Accounts and messages survive a crash of the server.

import {
  chooseFromMenu,
  expectLoggedIn,
  expectLoggedOut,
  logIn,
  openApp,
  postMessage,
  reloadApp,
  submitSignUp,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueText, uniqueUsername } from '../support/test-data.ts'

test('the message and the account of a user survive a crash', async ({ page, server }) => {
  const username = uniqueUsername()
  const text = uniqueText('Hello')
  const newest = page.getByRole('article').first()

  await test.step('a guest signs up', async () => {
    await openApp(page, '/')
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Sign up' }).first().click()
    await submitSignUp(page.getByRole('main'), username, 'Ada Lovelace')
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
    await expectLoggedIn(page, 'Ada Lovelace')
  })

  await test.step('posts a message', async () => {
    await postMessage(page, text)
    await expect(newest).toContainText(text)
    await expect(newest).toContainText('Ada Lovelace')
  })

  await test.step('logs out', async () => {
    // The page does not wait for the response. The server must have it before it is killed.
    const logout = page.waitForResponse('**/api/logout')
    await chooseFromMenu(page, 'Log out')
    await expectLoggedOut(page)
    await logout
  })

  await test.step('a guest reads the message after the crash', async () => {
    await server.killAndRestart()
    await reloadApp(page)
    await expect(newest).toContainText(text)
    await expect(page.getByRole('button', { name: 'Post a message' })).toBeHidden()
  })

  await test.step('the user logs in again', async () => {
    await logIn(page, username, PASSWORD)
    await expectLoggedIn(page, 'Ada Lovelace')
    await expect(newest).toContainText(text)
  })
})

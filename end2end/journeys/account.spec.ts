// The page "Account": name, password, export, deletion. sessions.spec.ts tests its list of sessions.

import { readFile } from 'node:fs/promises'
import {
  chooseFromMenu,
  deleteAccount,
  expectListLoaded,
  expectLoggedIn,
  expectLoggedOut,
  logIn,
  openApp,
  postMessage,
  signUp,
} from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueText } from '../support/test-data.ts'

const NEW_PASSWORD = 'twelve purple kettles sing'

test('a user changes the name and the password, exports the data and deletes the account', async ({ page }) => {
  const username = await signUp(page, 'Nina')
  const text = uniqueText('Nina was here')
  await postMessage(page, text)
  await chooseFromMenu(page, 'Account')

  await test.step('changes the name', async () => {
    await page.getByLabel('Your name').fill('Nina B.')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expectLoggedIn(page, 'Nina B.')
  })

  await test.step('changes the password and logs in with the new one', async () => {
    const newPassword = page.getByLabel('New password', { exact: true })
    await page.getByLabel('Current password', { exact: true }).fill(PASSWORD)
    await newPassword.fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Show new password' }).click()
    await expect(newPassword).toHaveAttribute('type', 'text')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Password changed.')).toBeVisible()
    await chooseFromMenu(page, 'Log out')
    await logIn(page, username, NEW_PASSWORD)
    await expectLoggedIn(page, 'Nina B.')
  })

  await test.step('downloads the data as a file', async () => {
    await openApp(page, '/account')
    await page.getByRole('button', { name: 'Download my data' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save the file' }).click()
    const file = await (await download).path()
    const data = JSON.parse(await readFile(file, 'utf8'))
    expect(JSON.stringify(data)).toContain(text)
  })

  await test.step('deletes the account and its messages', async () => {
    await deleteAccount(page, NEW_PASSWORD)
    await expectLoggedOut(page)
    await openApp(page, '/')
    await expectListLoaded(page, 'Messages')
    await expect(page.getByText(text)).toHaveCount(0)
  })
})

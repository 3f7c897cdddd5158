// The app without a network.

import { messageField, openMessageEditor, postMessage, reloadApp, signUp, submitMessage } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

test.use({ expectedErrors: ['net::ERR_INTERNET_DISCONNECTED'] })

test('a message written offline is kept, and posted once when the network is back', async ({ page, context }) => {
  await signUp(page, 'Nora')
  await postMessage(page, 'Read before')
  const text = uniqueText('From the tunnel')
  const posted = page.getByRole('article').filter({ hasText: text })
  const dialog = page.getByRole('dialog')
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText("You're offline. You can keep reading")).toBeVisible()

  await test.step('a list that was loaded before is still shown', async () => {
    await page.getByRole('link', { name: 'Messages', exact: true }).click()
    await expect(page.getByText('Read before').first()).toBeVisible()
  })

  await test.step('the text stays in the dialog', async () => {
    await openMessageEditor(page)
    await messageField(page).fill(text)
    await submitMessage(page)
    await expect(dialog.getByRole('alert').first()).toContainText("You're offline. Nothing is lost")
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await expect(messageField(page)).toHaveValue(text)
  })

  await test.step('the message is posted as soon as the network is back', async () => {
    await context.setOffline(false)
    await expect(dialog).toBeHidden()
    await expect(posted).toHaveCount(1)
    await reloadApp(page)
    await expect(posted).toHaveCount(1)
  })
})

// Messages: edit, delete, conflicting edits, older pages.

import type { Page } from '@playwright/test'
import {
  expectListLoaded,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  reloadApp,
  signUp,
} from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

test('the author edits and deletes a message', { tag: '@without-chunks' }, async ({ page }) => {
  await signUp(page, 'Edith')
  const text = uniqueText('Meet at nine')
  await postMessage(page, text)
  const article = page.getByRole('article').filter({ hasText: text.slice(-20) })
  const dialog = page.getByRole('dialog')

  await test.step('edits it', async () => {
    await article.getByRole('button', { name: 'Edit' }).click()
    await expect(messageField(page)).toHaveValue(text)
    await saveEdit(page, text.replace('nine', 'ten'))
    await expect(dialog).toBeHidden()
    await expect(article).toContainText('Meet at ten')
    await expect(article).toContainText('edited')
  })

  await test.step('cancels the deletion', async () => {
    await article.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    await expect(article).toBeVisible()
  })

  await test.step('deletes it', async () => {
    await article.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(article).toHaveCount(0)
    await reloadApp(page)
    await expectListLoaded(page, 'Messages')
    await expect(article).toHaveCount(0)
  })
})

test('Ctrl+Enter posts a message once', async ({ page }) => {
  await signUp(page, 'Enid')
  const text = uniqueText('Sent with the keyboard')
  await openMessageEditor(page)
  await messageField(page).fill(text)
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
})

test('a user can edit only their own messages', async ({ page, otherPage }) => {
  await signUp(page, 'Otto')
  const text = uniqueText('Otto wrote this')
  await postMessage(page, text)
  await signUp(otherPage, 'Paula')
  const ownText = uniqueText('Paula wrote this')
  await postMessage(otherPage, ownText)
  const articles = otherPage.getByRole('article')
  await expect(articles.filter({ hasText: ownText }).getByRole('button', { name: 'Edit' })).toBeVisible()
  await expect(articles.filter({ hasText: text })).toBeVisible()
  await expect(articles.filter({ hasText: text }).getByRole('button')).toHaveCount(0)
})

test.describe('after an edit in another tab', () => {
  test.use({ expectedErrors: ['412'] })

  test('the editor shows both texts, and saving again replaces the other one', async ({ page, context }) => {
    await signUp(page, 'Wanda')
    const id = uniqueText('')
    await postMessage(page, `first ${id}`)
    const otherTab = await context.newPage()
    await openApp(otherTab, '/')
    for (const tab of [page, otherTab]) {
      await tab.getByRole('article').filter({ hasText: id }).getByRole('button', { name: 'Edit' }).click()
    }
    await saveEdit(otherTab, `theirs ${id}`)
    await expect(otherTab.getByRole('dialog')).toBeHidden()
    await saveEdit(page, `mine ${id}`)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(`theirs ${id}`)
    await expect(messageField(page)).toHaveValue(`mine ${id}`)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('article').filter({ hasText: id })).toContainText(`mine ${id}`)
  })
})

test('older messages load on request, each of them once', async ({ page }) => {
  await signUp(page, 'Marathon')
  const api = await ApiClient.ofPage(page)
  const texts = Array.from({ length: 25 }, (_, number) => uniqueText(`message ${number}`))
  for (const text of texts) await api.postMessage(text)
  await reloadApp(page)
  await expect(page.getByRole('article')).toHaveCount(20)
  await page.getByRole('button', { name: 'Older messages' }).click()
  for (const text of texts) await expect(page.getByText(text, { exact: true })).toHaveCount(1)
})

/** Replaces the text in the open dialog and saves it. */
async function saveEdit(page: Page, text: string): Promise<void> {
  await messageField(page).fill(text)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
}

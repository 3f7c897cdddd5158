// What people do again and again.

import { expect, type Page } from '@playwright/test'

export const PASSWORD = 'violet teapots migrate north'

/** Makes an account that no other test has, and is logged in with it, on the board. */
export async function signUp(page: Page, name: string): Promise<string> {
  const username = `p-${crypto.randomUUID().slice(0, 13)}`
  await page.goto('/signup')
  const form = page.getByRole('form', { name: 'Sign up' })
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  return username
}

/** Logs in through the dropdown. */
export async function logIn(page: Page, username: string, password: string): Promise<void> {
  const bar = page.getByRole('banner')
  await bar.locator('summary').click()
  const form = bar.getByRole('form', { name: 'Log in' })
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Password', { exact: true }).fill(password)
  await form.getByRole('button', { name: 'Log in' }).click()
}

/** Opens the menu of who is logged in and presses something in it. */
export async function choose(page: Page, entry: string): Promise<void> {
  const bar = page.getByRole('banner')
  await bar.locator('summary').click()
  await bar.getByText(entry, { exact: true }).click()
}

/** Writes a message. */
export async function post(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Post a message' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Message' }).fill(text)
  await dialog.getByRole('button', { name: 'Post', exact: true }).click()
  await expect(dialog).toBeHidden()
}

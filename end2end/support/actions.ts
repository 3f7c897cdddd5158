// Steps that many journeys share, in the English app.

import { expect, type Locator, type Page } from '@playwright/test'
import { PASSWORD, uniqueUsername } from './test-data.ts'

/** Opens a page and waits for the app. Before that, `start.js` shows the early page, which the app then replaces. */
export async function openApp(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expectReady(page)
}

/** Reloads the page and waits for the app. */
export async function reloadApp(page: Page): Promise<void> {
  await page.reload()
  await expectReady(page)
}

async function expectReady(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
}

/** The summary that opens the menu in the navigation bar: "Log in", or the name of the user. */
export function menuButton(page: Page): Locator {
  return page.getByRole('banner').locator('summary')
}

export async function expectLoggedIn(page: Page, name: string): Promise<void> {
  await expect(menuButton(page)).toContainText(name)
}

export async function expectLoggedOut(page: Page): Promise<void> {
  await expect(menuButton(page)).toHaveText('Log in')
}

/** Waits until the page with this heading shows its list. Only then can a test expect that a post is absent. */
export async function expectListLoaded(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

/** Fills in a sign-up form, of the app or of `/lite`, and submits it. */
export async function submitSignUp(form: Locator, username: string, name: string): Promise<void> {
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign up' }).click()
}

/** Signs up a new user, who is then logged in on the page with the messages. Returns the username. */
export async function signUp(page: Page, name: string): Promise<string> {
  const username = uniqueUsername()
  await openApp(page, '/signup')
  await submitSignUp(page.getByRole('form', { name: 'Sign up' }), username, name)
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  return username
}

/** Fills in a login form, of the app or of `/lite`, and submits it. */
export async function submitLogin(form: Locator, username: string, password: string): Promise<void> {
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Password', { exact: true }).fill(password)
  await form.getByRole('button', { name: 'Log in' }).click()
}

/** Opens the menu of the navigation bar and submits its login form. */
export async function logIn(page: Page, username: string, password: string): Promise<void> {
  await menuButton(page).click()
  await submitLogin(page.getByRole('banner').getByRole('form', { name: 'Log in' }), username, password)
}

/** Opens the user's menu in the navigation bar and clicks an item. */
export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await menuButton(page).click()
  await page.getByRole('banner').getByText(item, { exact: true }).click()
}

/** The text area in the dialog that writes a message. */
export function messageField(page: Page): Locator {
  return page.getByRole('dialog').getByRole('textbox', { name: 'Message' })
}

/** Opens the dialog that writes a message. */
export async function openMessageEditor(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Post a message' }).click()
}

/** Submits the dialog that writes a message. */
export async function submitMessage(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Post', exact: true }).click()
}

/** Posts a message and waits until the dialog is closed. */
export async function postMessage(page: Page, text: string): Promise<void> {
  await openMessageEditor(page)
  await messageField(page).fill(text)
  await submitMessage(page)
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Adds a wish, on a page that shows wishes, and waits until the dialog is closed. */
export async function addWish(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Add a wish' }).click()
  await dialog.getByLabel('Wish').fill(name)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toBeHidden()
}

/** Deletes the account, on the page "Account". */
export async function deleteAccount(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Delete my account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
}

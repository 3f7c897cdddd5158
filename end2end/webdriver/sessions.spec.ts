// The most important steps of a user, in a browser other than Chromium.

import { ApiClient } from '../support/api-client.ts'
import { PASSWORD, uniqueText, uniqueUsername } from '../support/test-data.ts'
import { accessToken, invalidateAccessToken } from '../support/web-storage.ts'
import { test, expect } from './fixtures.ts'
import type { Tab } from './tab.ts'

/** The summary that opens the menu in the navigation bar: "Log in", or the name of the user. */
const MENU_BUTTON = 'header summary'

test('a user signs up, logs in, posts, edits, deletes, refreshes the access token and logs out', async ({ tab }) => {
  const username = uniqueUsername()
  const text = uniqueText('Meet at nine')
  const editedText = text.replace('nine', 'ten')

  await test.step('signs up', async () => {
    await tab.goto('/signup')
    await tab.fill('main form', 'Username', username)
    await tab.fill('main form', 'Name', 'Wanda')
    await tab.fill('main form', 'Password', PASSWORD)
    await tab.click('main form', 'Sign up')
    await tab.expectText('h1', 'Messages')
    // The app moves the focus to the heading after a navigation. That would close the menu.
    await tab.expectFocus('h1')
    await tab.expectText(MENU_BUTTON, 'Wanda')
  })

  await test.step('logs out and in again', async () => {
    await logOut(tab)
    await tab.click('header', 'Log in')
    await logIn(tab, 'header form', username)
    await tab.expectText(MENU_BUTTON, 'Wanda')
  })

  await test.step('posts a message', async () => {
    await postMessage(tab, text)
    await tab.expectText('article', text)
  })

  await test.step('edits it', async () => {
    await tab.click('article', 'Edit')
    await tab.fill('dialog', 'Message', editedText)
    await tab.click('dialog', 'Save')
    await tab.expectText('article', editedText)
    await tab.expectNoText('main', text)
  })

  await test.step('deletes it', async () => {
    await tab.click('article', 'Delete')
    await tab.click('dialog', 'Delete')
    await tab.expectNoText('main', editedText)
    await tab.reload()
    await tab.expectNoText('main', editedText)
  })

  await test.step('reloads after the access token has expired and posts again', async () => {
    await invalidateAccessToken(tab)
    await tab.expectText(MENU_BUTTON, 'Wanda')
    await postMessage(tab, text)
    await tab.expectText('article', text)
    expect(await accessToken(tab)).not.toBe('rejected')
  })

  await test.step('logs out', async () => {
    await logOut(tab)
    await tab.reload()
    await tab.expectText(MENU_BUTTON, 'Log in')
  })
})

test('a user logs in, posts and logs out on the pages without JavaScript', async ({ tab, request }) => {
  const { username } = await ApiClient.signUp(request, 'Lena')
  const text = uniqueText('Hello')
  await tab.goto('/lite')
  await logIn(tab, 'form[action="/lite/login"]', username)
  await tab.expectText('header', 'Lena')
  await tab.fill('main', 'Message', text)
  await tab.click('main', 'Post')
  await tab.expectText('article', text)
  await tab.click('header', 'Log out')
  await tab.expectText('main', 'Sign up')
  await tab.expectNoText('header', 'Lena')
  await tab.expectText('article', text)
})

async function logIn(tab: Tab, form: string, username: string): Promise<void> {
  await tab.fill(form, 'Username', username)
  await tab.fill(form, 'Password', PASSWORD)
  await tab.click(form, 'Log in')
}

async function logOut(tab: Tab): Promise<void> {
  await tab.click('header', 'Wanda')
  await tab.click('header', 'Log out')
  await tab.expectText(MENU_BUTTON, 'Log in')
}

async function postMessage(tab: Tab, text: string): Promise<void> {
  await tab.click('main', 'Post a message')
  await tab.fill('dialog', 'Message', text)
  await tab.click('dialog', 'Post')
}

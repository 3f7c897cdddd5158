// The accessibility rules that axe can check, on every page and in its main states, in light and dark colours.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  chooseFromMenu,
  logIn,
  menuButton,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  signUp,
  submitLogin,
  submitMessage,
} from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD } from '../support/test-data.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Without animations, axe does not measure colours in the middle of a fade.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** Fails if axe finds a violation on the page as it is now. The report names the page by `state`. */
async function expectNoViolations(page: Page, state: string): Promise<void> {
  // In legacy mode, axe does not open another page to look for frames. The app has no frames.
  const axe = () => new AxeBuilder({ page }).setLegacyMode()
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await axe().withTags(RULES).analyze()
  // The colour schemes differ only in colours.
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await axe().withRules('color-contrast').analyze()
  const violations = [...light.violations, ...dark.violations].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`),
  )
  expect(violations, `violations that axe found: ${state}`).toEqual([])
}

test.describe('axe finds no violation', () => {
  test.use({ expectedErrors: ['404', '500'] })
  test.slow() // axe runs twice on each of many pages

  test('for a guest', async ({ page }) => {
    const checkPage = async (path: string, heading: string) => {
      await (path.startsWith('/lite') ? page.goto(path) : openApp(page, path))
      await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible()
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
      await expectNoViolations(page, path)
    }
    await checkPage('/wishes', 'Wishes')
    await checkPage('/u/unknown-user', 'No such person')
    await checkPage('/account', 'Account')
    await checkPage('/no/such/page', 'Page not found')
    await checkPage('/lite', 'Welcome')
    await checkPage('/lite/wishes', 'Wishes')
    await checkPage('/signup', 'Sign up')
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
    await expect(page.getByRole('main').getByLabel('Username')).toBeFocused()
    await expectNoViolations(page, 'sign-up with field errors')
    await checkPage('/', 'Messages')
    await menuButton(page).click()
    await expectNoViolations(page, 'login form')
    await page.route('**/api/messages', (route) => route.fulfill({ status: 500 }))
    await openApp(page, '/')
    await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
    await expectNoViolations(page, 'list that failed to load')
  })

  test('for a user', async ({ page }) => {
    const username = await signUp(page, 'Ada Lovelace 🦦')
    const dialog = page.getByRole('dialog')

    await test.step('messages', async () => {
      await postMessage(page, 'First line\n\nA word of many letters: ' + 'w'.repeat(200))
      await expectNoViolations(page, 'messages')
      await menuButton(page).click()
      await expectNoViolations(page, 'menu')
      await page.keyboard.press('Escape')
      await openMessageEditor(page)
      await submitMessage(page)
      await expect(messageField(page)).toHaveAttribute('aria-invalid', 'true')
      await expectNoViolations(page, 'message editor with a field error')
      await page.keyboard.press('Escape')
    })

    await test.step('wishes', async () => {
      await openApp(page, `/u/${username}`)
      await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
      await expectNoViolations(page, 'empty list')
      await page.getByRole('button', { name: 'Add a wish' }).click()
      await dialog.getByLabel('Wish').fill('Bicycle')
      await dialog.getByLabel('Link').fill('https://shop.example/bikes')
      await expectNoViolations(page, 'wish editor')
      await dialog.getByRole('button', { name: 'Add' }).click()
      await page.getByRole('button', { name: 'Mark as received' }).click()
      await page.getByText('Received (1)').click()
      await expect(page.getByRole('button', { name: 'Move back to wishes' })).toBeVisible()
      await expectNoViolations(page, 'list with a received wish')
      await page.getByRole('article').getByRole('button', { name: 'Delete' }).click()
      await expectNoViolations(page, 'dialog that deletes a wish')
      await page.keyboard.press('Escape')
    })

    await test.step('account', async () => {
      await chooseFromMenu(page, 'Account')
      await expect(page.getByRole('listitem')).toHaveCount(1)
      await expectNoViolations(page, 'account')
      await page.getByRole('button', { name: 'Delete my account' }).click()
      await expectNoViolations(page, 'dialog that deletes the account')
      await page.goto('/lite')
      await expect(page.getByRole('banner')).toContainText('Ada')
      await expectNoViolations(page, '/lite with a session')
      await page.goto('/lite/wishes')
      await expect(page.getByRole('banner')).toContainText('Ada')
      await expectNoViolations(page, '/lite/wishes with a session')
    })
  })
})

test.describe('axe finds no violation after an error', () => {
  test.use({ expectedErrors: ['401', '412', '429', '503', 'net::ERR', 'Failed to fetch'] })
  test.slow()

  test('for a user', async ({ page, request }) => {
    const username = await signUp(page, 'Grace')
    const api = await ApiClient.ofPage(page)
    const dialog = page.getByRole('dialog')
    await postMessage(page, 'The first text')

    await test.step('list that could not be refreshed', async () => {
      await (await ApiClient.signUp(request, 'Ida')).postMessage('News')
      // The app refreshes a list when the browser reports that it is online.
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      await expect(page.getByRole('button', { name: /new message/ })).toBeVisible()
      await page.route('**/api/messages', (route) => route.fulfill({ status: 503 }))
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      await expect(page.getByRole('status').filter({ hasText: "Can't check for updates" })).toBeVisible()
      await page.context().setOffline(true)
      await expect(page.getByText("You're offline. You can keep reading")).toBeVisible()
      await expectNoViolations(page, 'offline, with an old list and new messages')
      await page.context().setOffline(false)
    })

    await test.step('editor', async () => {
      await api.editMessage('The first text', 'Changed elsewhere')
      await page.getByRole('button', { name: 'Edit' }).click()
      await messageField(page).fill('Changed here')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toContainText('Changed elsewhere')
      await expectNoViolations(page, 'conflicting edit')
      await page.route('**/api/{token,messages/*}', (route) => route.fulfill({ status: 401 }))
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog.getByRole('button', { name: 'Log in' })).toBeVisible()
      await expectNoViolations(page, 'session that ended during an edit')
      await page.keyboard.press('Escape')
    })

    await test.step('login', async () => {
      await page.route('**/api/login', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '90' } }))
      await logIn(page, username, PASSWORD)
      await expect(page.getByRole('banner')).toContainText('Please wait 1:')
      await expectNoViolations(page, 'too many login attempts')
      await page.context().clearCookies()
      await page.goto('/lite')
      await submitLogin(page.getByRole('region', { name: 'Log in' }), username, 'the wrong password')
      await expect(page.getByText('password is wrong')).toBeVisible()
      await expectNoViolations(page, '/lite with a wrong password')
    })

    await test.step('app that could not be loaded', async () => {
      await page.route('**/*.wasm', (route) => route.abort())
      await page.goto('/')
      await expect(page.getByText("Wishboard doesn't work right now.")).toBeVisible()
      await expectNoViolations(page, 'start-up error')
    })
  })
})

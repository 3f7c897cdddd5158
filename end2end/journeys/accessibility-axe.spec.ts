// For everyone: axe finds nothing on any page or in any state, light or dark.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { test, expect } from '../support/fixtures.ts'
import { choose, logIn, PASSWORD, post, signUp } from '../support/actions.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on the page as it is now; a state's name says where. Of a theme only the colours are its own. */
async function nothingIsWrong(page: Page, state: string) {
  // There are no frames here; looking for some would open another page each time.
  const axe = () => new AxeBuilder({ page }).setLegacyMode()
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await axe().withTags(RULES).analyze()
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await axe().withRules('color-contrast').analyze()
  const found = [...light.violations, ...dark.violations].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`),
  )
  expect(found, `what axe finds: ${state}`).toEqual([])
}

test.describe('axe finds nothing', () => {
  // A fade that is under way has colours of its own.
  test.use({ contextOptions: { reducedMotion: 'reduce' }, expected: ['404', '500'] })
  test.slow() // many pages, looked at twice

  test('for a guest', async ({ page }) => {
    const look = async (path: string, heading: string) => {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible()
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
      await nothingIsWrong(page, path)
    }
    await look('/wishes', 'Wishes')
    await look('/u/nobody-at-all', 'There is nobody of this name')
    await look('/account', 'Account')
    await look('/no/such/page', 'There is nothing here')
    await look('/lite', 'Welcome')
    await look('/signup', 'Sign up')
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
    await expect(page.getByRole('main').getByLabel('Username')).toBeFocused()
    await nothingIsWrong(page, 'sign-up with faults')
    await look('/', 'Messages')
    await page.getByRole('banner').locator('summary').click()
    await nothingIsWrong(page, 'log-in form')
    await page.route('**/api/messages', (route) => route.fulfill({ status: 500 }))
    await page.goto('/')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    await nothingIsWrong(page, 'failed list')
  })

  test('for somebody who is logged in', async ({ page }) => {
    const username = await signUp(page, 'Ada Lovelace 🦦')
    const dialog = page.getByRole('dialog')
    await post(page, 'First line\n\nA word of many letters: ' + 'w'.repeat(200))
    await nothingIsWrong(page, 'board')
    await page.getByRole('banner').locator('summary').click()
    await nothingIsWrong(page, 'menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Post a message' }).click()
    await dialog.getByRole('button', { name: 'Post', exact: true }).click()
    await nothingIsWrong(page, 'editor with a fault')
    await page.keyboard.press('Escape')

    await page.goto(`/u/${username}`)
    await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
    await nothingIsWrong(page, 'empty list')
    await page.getByRole('button', { name: 'Add a wish' }).click()
    await dialog.getByLabel('Wish').fill('Bicycle')
    await dialog.getByLabel('Link').fill('https://shop.example/bikes')
    await nothingIsWrong(page, 'editor of a wish')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('button', { name: 'Mark as received' }).click()
    await page.getByText('Received (1)').click()
    await expect(page.getByRole('button', { name: 'Not received yet' })).toBeVisible()
    await nothingIsWrong(page, 'list with a received wish')
    await page.getByRole('article').getByRole('button', { name: 'Delete' }).click()
    await nothingIsWrong(page, 'question before a wish is deleted')
    await page.keyboard.press('Escape')

    await choose(page, 'Account')
    await nothingIsWrong(page, 'account')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await nothingIsWrong(page, 'question before the account is deleted')
    await page.goto('/lite')
    await expect(page.getByRole('banner')).toContainText('Ada')
    await nothingIsWrong(page, '/lite with a session')
  })

})

test.describe('axe finds nothing', () => {
  const expected = ['401', '412', '429', '503', 'net::ERR', 'Failed to fetch']
  test.use({ contextOptions: { reducedMotion: 'reduce' }, expected })
  test.slow()

  test('while something is wrong', async ({ page, request }) => {
    const username = await signUp(page, 'Grace')
    const dialog = page.getByRole('dialog')
    await post(page, 'The first text')
    const { token } = await (await request.post('/api/signup', { data: { username: `q${username}`, password: PASSWORD, name: 'Ida' } })).json()
    await request.post('/api/messages', { headers: { authorization: `Bearer ${token}` }, data: { body: 'News' } })
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect(page.getByRole('button', { name: /new message/ })).toBeVisible()
    await page.route('**/api/messages', (route) => route.fulfill({ status: 503 }))
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect(page.getByRole('status').filter({ hasText: 'Nothing new can be fetched' })).toBeVisible()
    await page.context().setOffline(true)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await nothingIsWrong(page, 'old, offline, with news')
    await page.context().setOffline(false)

    const { messages } = await (await request.get('/api/messages')).json()
    const found = messages.find((message: { body: string }) => message.body === 'The first text')
    const own = await page.evaluate(() => JSON.parse(localStorage.getItem('wishboard.session') ?? '{}').token)
    const headers = { authorization: `Bearer ${own}`, 'if-match': `"${found.version}"` }
    await request.patch(`/api/messages/${found.id}`, { headers, data: { body: 'Changed elsewhere' } })
    await page.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByRole('textbox').fill('Changed here')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toContainText('Changed elsewhere')
    await nothingIsWrong(page, 'changed elsewhere')
    await page.route('**/api/{token,messages/*}', (route) => route.fulfill({ status: 401 }))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('button', { name: 'Log in' })).toBeVisible()
    await nothingIsWrong(page, 'logged out while editing')
    await page.keyboard.press('Escape')

    await page.route('**/api/login', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '90' } }))
    await logIn(page, username, PASSWORD)
    await expect(page.getByRole('banner')).toContainText('Please wait 1:')
    await nothingIsWrong(page, 'too many attempts, and a login that has ended')
    await page.context().clearCookies()
    await page.goto('/lite')
    const plain = page.getByRole('region', { name: 'Log in' })
    await plain.getByLabel('Username').fill(username)
    await plain.getByLabel('Password').fill('the wrong password')
    await plain.getByRole('button').click()
    await expect(page.getByText('password is wrong')).toBeVisible()
    await nothingIsWrong(page, '/lite with a wrong password')
    await page.route('**/*.wasm', (route) => route.abort())
    await page.goto('/')
    await expect(page.getByText('Wishboard could not be loaded.')).toBeVisible()
    await nothingIsWrong(page, 'without its app')
  })
})

// A page that the browser translates. The browser replaces the text nodes; the texts must still stay up to date.
// support/fixtures.ts checks in all other journeys that the app changes no text in place.

import {
  addWish,
  chooseFromMenu,
  expectLoggedIn,
  expectLoggedOut,
  logIn,
  menuButton,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  signUp,
  submitLogin,
} from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueText, uniqueUsername } from '../support/test-data.ts'
import { translatableTexts, translatePages } from '../support/translation.ts'

test.use({ expectedErrors: ['status of 401', 'status of 429', 'net::ERR_FAILED', 'net::ERR_INTERNET_DISCONNECTED'] })

test.beforeEach(async ({ page }) => translatePages(page))

test.afterEach(async ({ page }) => {
  await expect(page.locator('font').first()).toBeAttached() // the page was translated
})

test('the dialog quotes the message that it deletes', async ({ page }) => {
  await signUp(page, 'Dora')
  const [first, second] = [uniqueText('First'), uniqueText('Second')]
  await postMessage(page, first)
  await postMessage(page, second)
  const dialog = page.getByRole('dialog')
  const article = (text: string) => page.getByRole('article').filter({ hasText: text })
  await article(first).getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('blockquote')).toHaveText(first)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await article(second).getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('blockquote')).toHaveText(second)
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(article(second)).toHaveCount(0)
  await expect(article(first)).toHaveCount(1)
})

test('an edited message shows its new text', async ({ page }) => {
  await signUp(page, 'Edna')
  const text = uniqueText('Before')
  await postMessage(page, text)
  const newText = text.replace('Before', 'After')
  await page.getByRole('article').filter({ hasText: text }).getByRole('button', { name: 'Edit' }).click()
  await messageField(page).fill(newText)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(newText, { exact: true })).toBeVisible()
  await expect(page.getByText(text, { exact: true })).toHaveCount(0)
})

test('the page shows who is logged in', async ({ page, context }) => {
  const username = await signUp(page, 'Hanna')
  await chooseFromMenu(page, 'Account')

  await test.step('after a new name', async () => {
    await page.getByLabel('Your name').fill('Hanna B.')
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByText('Name saved.')).toBeVisible()
    await expect(menuButton(page)).toHaveText('Hanna B.')
  })

  await test.step('after a login as another user', async () => {
    await chooseFromMenu(page, 'Log out')
    await expectLoggedOut(page)
    const { username: otherUsername } = await ApiClient.signUp(context.request, 'Ole')
    await logIn(page, otherUsername, PASSWORD)
    await expect(menuButton(page)).toHaveText('Ole')
    await expect(page.getByRole('main').locator('.lead bdi')).toHaveText(`@${otherUsername}`)
  })

  await test.step('after a login in another tab', async () => {
    const otherTab = await context.newPage()
    await openApp(otherTab, '/')
    await chooseFromMenu(otherTab, 'Log out')
    await logIn(otherTab, username, PASSWORD)
    await expectLoggedIn(otherTab, 'Hanna B.')
    await expect(menuButton(page)).toHaveText('Hanna B.')
    await expect(page.locator('.notice')).toContainText("You're now logged in as \u2068Hanna B.\u2069.")
    await expect(page.getByRole('main').locator('.lead bdi')).toHaveText(`@${username}`)
  })
})

test('counters, hints and field errors follow the typed text', async ({ page }) => {
  await openApp(page, '/signup')
  const form = page.getByRole('form', { name: 'Sign up' })
  const password = form.getByLabel('Password', { exact: true })
  await password.fill('seven b')
  await expect(form.getByText('1 more character needed.')).toBeVisible()
  await password.blur()
  await expect(form.getByText('Use at least 8 characters.')).toBeVisible()
  await password.fill('eight by')
  await expect(form.getByText('Use at least 8 characters.')).toHaveCount(0)
  await expect(form.getByText('more character needed')).toHaveCount(0)
  await signUp(page, 'Cora')
  await openMessageEditor(page)
  await messageField(page).fill('four')
  await expect(page.getByText('4 of 2,000 characters')).toBeVisible()
  await messageField(page).fill('fifty')
  await expect(page.getByText('5 of 2,000 characters')).toBeVisible()
  await expect(page.getByText('4 of 2,000 characters')).toHaveCount(0)
})

test('the wait after too many attempts counts down', async ({ page }) => {
  await page.clock.install()
  await page.route('**/api/login', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '62' } }))
  await openApp(page, '/account')
  const form = page.getByRole('main').getByRole('form', { name: 'Log in' })
  await submitLogin(form, uniqueUsername(), PASSWORD)
  await expect(form.getByText('Please wait 1:02.')).toBeVisible()
  await page.clock.runFor(3_000)
  await expect(form.getByRole('timer')).toHaveText('Please wait 0:59.')
  await page.clock.runFor(60_000)
  await expect(form.getByRole('timer')).toBeHidden()
  await expect(form.getByText('You can try again now.')).toBeVisible()
  await expect(form.getByText('Too many attempts')).toHaveCount(0)
})

test('the submit button says what it does, and the dialog says why the request failed', async ({ page }) => {
  await signUp(page, 'Rita')
  await page.route('**/api/messages', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()))
  await openMessageEditor(page)
  await messageField(page).fill(uniqueText('Later'))
  const dialog = page.getByRole('dialog')
  const submit = dialog.locator('[type=submit]')
  await submit.click()
  await expect(dialog.getByRole('alert').first()).toContainText("Wishboard can't be reached")
  await expect(submit).toHaveText('Retry')
  await page.unroute('**/api/messages')
  await submit.click()
  await expect(dialog).toBeHidden()
  await openMessageEditor(page)
  await expect(submit).toHaveText('Post')
  await expect(dialog.getByText("Wishboard can't be reached")).toHaveCount(0)
})

test('times and the number of new messages stay up to date', async ({ page, request }) => {
  await page.clock.install()
  const author = await ApiClient.signUp(request, 'Tim')
  await author.postMessage(uniqueText('Soon old'))
  await openApp(page, '/')
  const time = page.getByRole('article').first().locator('time')
  await expect(time).toHaveText('now')
  await page.clock.fastForward('05:10')
  await expect(time).toHaveText('5 minutes ago')
  for (const label of ['1 new message', '2 new messages']) {
    await author.postMessage(uniqueText('New'))
    await page.clock.runFor(31_000)
    await expect(page.locator('.new-posts-button')).toHaveText(label)
  }
})

test('the heading and the buttons of a wish list stay up to date', async ({ page, otherPage }) => {
  const username = await signUp(page, 'Wim')
  await chooseFromMenu(page, 'My wishes')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText('My wishes')
  await addWish(page, 'Kite')
  await addWish(page, 'Ball')
  const wish = page.getByRole('article').filter({ hasText: 'Kite' })

  await test.step('sort', async () => {
    await page.getByRole('button', { name: 'Sort by name' }).click()
    await expect(page.locator('.icon-sort')).toHaveText('Sort by date')
    await expect(page.getByRole('article').first()).toContainText('Ball')
  })

  await test.step('received', async () => {
    const button = wish.locator('.icon-received')
    await button.click()
    await expect(page.locator('.received-wishes > summary')).toHaveText('Received (1)')
    await page.locator('.received-wishes > summary').click()
    await expect(button).toHaveText('Move back to wishes')
    await expect(button).toHaveAttribute('title', /Move back to wishes/)
    await page.getByRole('article').filter({ hasText: 'Ball' }).locator('.icon-received').click()
    await expect(page.locator('.received-wishes > summary')).toHaveText('Received (2)')
  })

  await test.step('as a guest', async () => {
    await chooseFromMenu(page, 'Log out')
    await expect(heading).toHaveText("\u2068Wim\u2069's wishes")
    await logIn(page, username, PASSWORD)
    await expect(heading).toHaveText('My wishes')
  })

  await test.step('as another user', async () => {
    await translatePages(otherPage)
    await openApp(otherPage, `/u/${username}`)
    await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText("\u2068Wim\u2069's wishes")
  })
})

test('another language and the state of the network replace all texts', async ({ page, context }) => {
  await openApp(page, '/')
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nachrichten')
  await expect(menuButton(page)).toHaveText('Anmelden')
  await expect(page.getByText('Messages')).toHaveCount(0)
  await context.setOffline(true)
  await expect(page.getByText('Du bist offline.')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Du bist offline.')).toHaveCount(0)
})

test('the app replaces the early page although it is translated', async ({ page, request }) => {
  const author = await ApiClient.signUp(request, 'Ella')
  const text = uniqueText('Early')
  await author.postMessage(text)
  let releaseWasm = () => {}
  const released = new Promise<void>((resolve) => (releaseWasm = resolve))
  await page.route('**/*.wasm', async (route) => {
    await released
    await route.continue()
  })
  await page.goto('/', { waitUntil: 'commit' })
  const line = page.getByText(text, { exact: true })
  await expect(line).toBeVisible()
  await line.evaluate((element) => getSelection()!.selectAllChildren(element))
  releaseWasm()
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
  await expect(line).toHaveCount(1)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
})

test('names and usernames are not translated', async ({ page, request }) => {
  const author = await ApiClient.signUp(request, 'Rose Baker')
  await author.postMessage(uniqueText('Hello'))
  await author.addWish('Bread')
  await signUp(page, 'Bill')
  await chooseFromMenu(page, 'Account')
  for (const path of ['/', `/u/${author.username}`, '/account', '/lite', '/lite/wishes']) {
    await (path.startsWith('/lite') ? page.goto(path) : openApp(page, path))
    await expect(page.getByText(path === '/account' ? 'Bill' : 'Rose Baker').first()).toBeAttached()
    expect(await translatableTexts(page), path).not.toMatch(new RegExp(`Rose Baker|Bill|${author.username}`))
  }
})

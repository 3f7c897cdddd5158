// The early page while the wasm loads, the change to the app, and the error if the wasm cannot be loaded.

import type { APIRequestContext, Locator, Page } from '@playwright/test'
import { expectListLoaded, menuButton, postMessage, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'

test('the posts are shown before the wasm has loaded, and requested once', async ({ page }) => {
  await signUp(page, 'Iris')
  await postMessage(page, 'Early bird')
  const releaseWasm = await holdWasm(page)
  const paths: string[] = []
  page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  await page.goto('/', { waitUntil: 'commit' })
  await expect(page.getByText('Early bird').first()).toBeVisible()
  await expect(page.locator('html')).not.toHaveAttribute('data-app', 'ready')
  releaseWasm()
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
  await expect(page.getByText('Early bird').first()).toBeVisible()
  expect(paths.filter((path) => path === '/api/messages')).toHaveLength(1)
})

for (const locale of ['en-GB', 'de-AT']) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('the early page looks like the page of the app', async ({ page, request }) => {
      await observeLayoutShifts(page)
      const { username } = await createPosts(request)
      await page.setViewportSize({ width: 1000, height: 900 })
      for (const path of ['/', '/wishes', `/u/${username}`, `/u/${username.toUpperCase()}/`]) {
        await expectSamePages(page, path, page.getByRole('article').first())
      }
      const happy = await ApiClient.signUp(request, 'Joy')
      await happy.addReceivedWish('Received')
      await expectSamePages(page, `/u/${happy.username}`, page.locator('.all-received'))
    })

    test('the early page of an empty list looks like the page of the app', async ({ page, request }) => {
      await observeLayoutShifts(page)
      await emptyLists(page)
      const { username } = await ApiClient.signUp(request, 'Nia')
      for (const path of ['/', '/wishes', `/u/${username}`]) {
        await expectSamePages(page, path, page.locator('.page-message'))
      }
    })
  })
}

test('for a user too, the early page of an empty list looks like the page of the app', async ({ page, request }) => {
  await observeLayoutShifts(page)
  await emptyLists(page)
  const own = await signUp(page, 'Iris')
  const { username } = await ApiClient.signUp(request, 'Nia')
  for (const path of ['/', '/wishes', `/u/${own}`, `/u/${username}`]) {
    await expectSamePages(page, path, page.locator('.page-message'))
  }
})

test('focus, selection and scroll position are kept when the app replaces the early page', async ({ page, request }) => {
  const author = await createPosts(request)
  for (let number = 1; number <= 12; number++) await author.postMessage(`Message ${number}\n\n\n\n\n\nend`)
  const releaseWasm = await holdWasm(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.locator('article').nth(2).getByRole('link').first().focus()
  await page.locator('.post-text').nth(1).evaluate((line) => {
    getSelection()!.setBaseAndExtent(line.firstChild!, 1, line.firstChild!, 5)
  })
  await page.evaluate(() => scrollTo(0, 400))
  releaseWasm()
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
  expect(await page.evaluate(() => [getSelection()!.toString(), scrollY])).toEqual(['essa', 400])
  await expect(page.locator('article').nth(2).getByRole('link').first()).toBeFocused()
})

test('a click before the posts have arrived takes effect when the app is ready', async ({ page, request }) => {
  await createPosts(request)
  let releasePosts = () => {}
  const postsReleased = new Promise<void>((resolve) => (releasePosts = resolve))
  await page.route('**/api/messages', async (route) => {
    await postsReleased
    await route.continue()
  })
  const releaseWasm = await holdWasm(page)
  await page.goto('/', { waitUntil: 'commit' })
  await menuButton(page).click()
  releasePosts()
  await expect(page.getByRole('article').first()).toBeVisible()
  await expect(menuButton(page)).toBeFocused()
  releaseWasm()
  await expect(page.getByLabel('Username')).toBeFocused()
})

test('the hint for guests opens the login form, also before the app is ready', async ({ page }) => {
  const logInLink = page.getByRole('main').getByRole('button', { name: 'Log in' })
  const releaseWasm = await holdWasm(page)
  await page.goto('/wishes', { waitUntil: 'commit' })
  await logInLink.click()
  releaseWasm()
  await expect(page.getByLabel('Username')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menuButton(page)).toBeFocused()
  await logInLink.click()
  await expect(page.getByLabel('Username')).toBeFocused()
  await page.keyboard.press('Escape') // the form can cover the hint
  await page.getByRole('main').getByRole('link', { name: 'sign up' }).first().click()
  await expect(page).toHaveURL(/\/signup\?next=\/wishes$/)
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Username').first()).toBeFocused()
})

test('the early page draws posts as text, and links only to http and https', async ({ page }) => {
  const post = { id: 'a', created_at: '2026-11-25T10:00:00.000Z', version: 1, description: '', received: false }
  const owner = { username: 'mallory', name: '<img src=x onerror=alert(1)>' }
  const wishes = ['javascript:alert(1)', 'data:text/html,x', 'https://example.com/a'].map((url, index) => {
    return { ...post, id: String(index), owner, name: '<b>bold</b>', url }
  })
  await page.route('**/api/wishes', (route) => route.fulfill({ json: { wishes, next: null } }))
  await holdWasm(page)
  await page.goto('/wishes', { waitUntil: 'commit' })
  await expect(page.getByText('<b>bold</b>')).toHaveCount(3)
  await expect(page.locator('article img, article b')).toHaveCount(0)
  const links = page.locator('.wish-link')
  await expect(links).toHaveCount(1)
  await expect(links).toHaveAttribute('href', 'https://example.com/a')
})

test('nothing moves when the app replaces the early page', async ({ page }) => {
  await observeLayoutShifts(page)
  const username = await signUp(page, 'Kim')
  await postMessage(page, 'Standing still')
  const expectNoShift = async (path: string, heading: string) => {
    await page.goto(path)
    await expectListLoaded(page, heading)
    expect(await layoutShift(page), path).toBeLessThan(0.001)
  }

  await test.step('for a user', async () => {
    await expectNoShift('/', 'Messages')
    await expectNoShift('/wishes', 'Wishes')
    await expectNoShift(`/u/${username}`, 'My wishes')
    await expectNoShift('/account', 'Account')
  })

  await test.step('for a guest', async () => {
    await page.evaluate(() => localStorage.clear())
    await expectNoShift('/', 'Messages')
    await expectNoShift('/signup', 'Sign up')
    await expectNoShift('/account', 'Account')
    await expectNoShift('/nowhere', 'Page not found')
  })
})

test.describe('if the app cannot be loaded', () => {
  test.use({ expectedErrors: ['net::ERR_FAILED', 'Failed to fetch', 'WebAssembly'] })

  test('the page says so, and Retry loads it', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort())
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText("doesn't work right now")
    await expect(page.getByRole('link', { name: 'basic version' })).toHaveAttribute('href', '/lite')
    await page.unroute('**/*.wasm')
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  })

  test('the page says so in a browser without WebAssembly', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'))
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText("doesn't work right now")
    await expect(page.getByRole('link', { name: 'basic version' })).toBeVisible()
  })
})

/** Creates posts of every kind. Their author's name and their texts are hard to draw. */
async function createPosts(request: APIRequestContext): Promise<ApiClient> {
  const author = await ApiClient.signUp(request, 'ǅ Álvarez 🪁 שלום')
  await author.postMessage('First line\n\n  third line, and ' + 'averylongword'.repeat(20))
  await author.postMessage('مرحبا')
  await author.postMessage('A link (https://example.com/a_(b)?c), and another: http://bücher.example/ß.\nhttps://example.com')
  await author.postMessage('A long text. '.repeat(80))
  await author.postMessage('Before the edit')
  await author.editMessage('Before the edit', 'After the edit')
  await author.addWish('With everything', { description: 'Two\nlines', url: 'https://shop.example:8443/a?b#c' })
  await author.addWish('<b>Bold</b>', { description: 'A link with an international host', url: 'https://bücher.example/' })
  await author.addWish('دراجة', { description: 'line\n'.repeat(12) + 'https://example.com' })
  await author.addReceivedWish('Received')
  return author
}

/** Returns each visible element of the page: its name, attributes, text and geometry in CSS pixels. */
async function visibleElements(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isVisible = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().height > 0
    return [...document.querySelectorAll('#app *')].filter(isVisible).map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort()
      const text = [...element.childNodes].map((node) => (node instanceof Text ? node.data.trim() : '')).join('')
      return [element.tagName, attributes, text, [x, y, width, height].map(Math.round)].join(' ')
    })
  })
}

/** Makes the lists of all users empty. */
async function emptyLists(page: Page): Promise<void> {
  await page.route('**/api/messages', (route) => route.fulfill({ json: { messages: [], next: null } }))
  await page.route('**/api/wishes', (route) => route.fulfill({ json: { wishes: [], next: null } }))
}

/** Compares the early page with the page of the app, once it shows this element. */
async function expectSamePages(page: Page, path: string, content: Locator): Promise<void> {
  const releaseWasm = await holdWasm(page)
  await page.clock.setFixedTime(Date.now()) // "now" must not become "1 minute ago"
  await page.goto(path, { waitUntil: 'commit' })
  await expect(content).toBeVisible()
  const drawnEarly = await visibleElements(page)
  releaseWasm()
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
  expect(await visibleElements(page), path).toEqual(drawnEarly)
  expect(await layoutShift(page), path).toBe(0)
  await page.unroute('**/*.wasm')
}

/** Holds back the wasm until the returned function is called. */
async function holdWasm(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/*.wasm', async (route) => {
    await released
    await route.continue()
  })
  return release
}

/** The global object with the function that `observeLayoutShifts` adds to each page. */
type LayoutShiftGlobals = { sumOfLayoutShifts: () => number }

/** Sums up the layout shifts that the browser reports ("cumulative layout shift"), from the next page on. */
async function observeLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let sum = 0
    const add = (entries: PerformanceEntryList) => {
      for (const entry of entries) sum += (entry as unknown as { value: number }).value
    }
    const observer = new PerformanceObserver((list) => add(list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: true })
    const sumOfLayoutShifts = () => {
      add(observer.takeRecords())
      return sum
    }
    Object.assign(globalThis, { sumOfLayoutShifts })
  })
}

/** Returns the sum of layout shifts on this page, after the browser has painted its current state. */
async function layoutShift(page: Page): Promise<number> {
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  return page.evaluate(() => (globalThis as unknown as LayoutShiftGlobals).sumOfLayoutShifts())
}

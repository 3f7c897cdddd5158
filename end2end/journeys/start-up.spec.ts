// The page while the wasm loads, when it has loaded, and when it cannot be loaded.

import type { Page } from '@playwright/test'
import { expectListLoaded, postMessage, signUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'

test('the shell and the first list are requested and shown without waiting for the wasm', async ({ page }) => {
  await signUp(page, 'Iris')
  await postMessage(page, 'Early bird')
  const releaseWasm = await holdWasm(page)
  const paths: string[] = []
  page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  const messages = page.waitForResponse('**/api/messages')
  await page.goto('/', { waitUntil: 'commit' })
  await expect(page.getByRole('link', { name: 'Wishboard' })).toBeVisible()
  await expect(page.locator('.shell .block').first()).toBeVisible()
  await messages
  await expect(page.getByRole('article')).toHaveCount(0)
  releaseWasm()
  await expect(page.getByText('Early bird').first()).toBeVisible()
  expect(paths.filter((path) => path === '/api/messages')).toHaveLength(1)
})

test('nothing moves when the app replaces the shell', async ({ page }) => {
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
    await expect(page.getByRole('alert')).toContainText('could not be loaded')
    await expect(page.getByRole('link', { name: 'basic version' })).toHaveAttribute('href', '/lite')
    await page.unroute('**/*.wasm')
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  })

  test('the page says so in a browser without WebAssembly', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'))
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText('could not be loaded')
    await expect(page.getByRole('link', { name: 'basic version' })).toBeVisible()
  })
})

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

/** What the observer adds to each page. */
type Observed = { sumOfLayoutShifts: () => number }

/** From the next page on, sums up what the browser counts for its "cumulative layout shift". */
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

/** The sum on this page, after the browser has painted what is there now. */
async function layoutShift(page: Page): Promise<number> {
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  return page.evaluate(() => (globalThis as unknown as Observed).sumOfLayoutShifts())
}

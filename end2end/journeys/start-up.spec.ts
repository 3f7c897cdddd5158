// The page before the app is there, when it arrives, and when it never does.

import { type Page } from '@playwright/test'
import { test, expect } from '../support/fixtures.ts'
import { post, signUp } from '../support/actions.ts'

/** Holds the wasm back until it is told to let it through. */
async function holdWasm(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/*.wasm', async (route) => {
    await released
    await route.continue()
  })
  return release
}

test('the shell and the first data are there before the wasm', async ({ page }) => {
  await signUp(page, 'Iris')
  await post(page, 'Early bird')
  const release = await holdWasm(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const answered = page.waitForResponse('**/api/messages')
  await page.goto('/', { waitUntil: 'commit' })
  await expect(page.getByRole('link', { name: 'Wishboard' })).toBeVisible()
  await expect(page.locator('.shell .block').first()).toBeVisible()
  await answered
  await expect(page.getByRole('article')).toHaveCount(0)
  release()
  await expect(page.getByText('Early bird').first()).toBeVisible()
  expect(asked.filter((path) => path === '/api/messages')).toHaveLength(1)
})

test('nothing moves when the app takes over, on any page, for anybody', async ({ page }) => {
  // Counts what the browser counts for its "cumulative layout shift".
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const username = await signUp(page, 'Kim')
  await post(page, 'Standing still')
  const moved = async (path: string, heading: string) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)
    expect(shifts.reduce((sum, shift) => sum + shift, 0), path).toBeLessThan(0.001)
  }
  for (const [path, heading] of [['/', 'Messages'], ['/wishes', 'Wishes'], [`/u/${username}`, 'My wishes'], ['/account', 'Account']]) {
    await moved(path, heading)
  }
  await page.evaluate(() => localStorage.clear())
  for (const [path, heading] of [['/', 'Messages'], ['/signup', 'Sign up'], ['/account', 'Account'], ['/nowhere', 'There is nothing here']]) {
    await moved(path, heading)
  }
})

test.describe('when the app can not be loaded', () => {
  test.use({ expected: ['net::ERR_FAILED', 'Failed to fetch', 'WebAssembly'] })

  test('the page says so, and Retry loads it', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort())
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText('could not be loaded')
    await expect(page.getByRole('link', { name: 'plain pages' })).toHaveAttribute('href', '/lite')
    await page.unroute('**/*.wasm')
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  })

  test('a browser without wasm is told, too', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'))
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText('could not be loaded')
    await expect(page.getByRole('link', { name: 'plain pages' })).toBeVisible()
  })
})

test('the page runs under its policy and asks nobody else for anything', async ({ page, baseURL }) => {
  const strangers: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) strangers.push(request.url())
  })
  const stamped: string[] = []
  page.on('request', (request) => {
    if (request.headers().authorization) stamped.push(request.url())
  })
  const answer = await page.goto('/')
  expect(answer?.headers()['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
      "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
  await signUp(page, 'Paula')
  await post(page, 'All from one place')
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  expect(strangers).toEqual([])
  expect(stamped.length).toBeGreaterThan(0)
  for (const url of stamped) expect(url).toContain(`${baseURL}/api/`)
})

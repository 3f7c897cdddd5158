// The parts of the app that load on demand, or beforehand while the browser is idle.

import type { Page } from '@playwright/test'
import { expectListLoaded, menuButton, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'

const CHUNKS = '**/chunk-*.wasm'

test("a guest's first page needs no chunk", async ({ page }) => {
  await page.route(CHUNKS, () => {}) // no chunk ever arrives
  await page.goto('/')
  await expectReady(page)
  await expectListLoaded(page, 'Messages')
})

test('a user can use the app although no chunk arrives', async ({ page }) => {
  await signUp(page, 'Wanda')
  await page.route(CHUNKS, () => {}) // no chunk ever arrives
  await page.goto('/')
  await expectReady(page)
  await page.getByRole('link', { name: 'Wishes' }).click()
  await expectListLoaded(page, 'Wishes')
})

test('the browser loads all chunks while it is idle, so that the app works offline', async ({ page, context }) => {
  await page.goto('/')
  await expectReady(page)
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await menuButton(page).click()
  await expect(page.getByRole('banner').getByLabel('Username')).toBeVisible()
  await page.getByRole('link', { name: 'Sign up' }).first().click()
  await expect(page.getByRole('form', { name: 'Sign up' })).toBeVisible()
})

test('a user sees the button for a new message at once, because its chunk is preloaded', async ({ page }) => {
  await signUp(page, 'Ida')
  await page.goto('/')
  await expectReady(page)
  expect(await page.getByRole('button', { name: 'Post a message' }).isVisible()).toBe(true)
})

test('the username has the focus when the login form arrives', async ({ page }) => {
  const releaseChunks = await holdChunks(page)
  await page.goto('/')
  await expectReady(page)
  await menuButton(page).click()
  await expect(page.getByRole('banner').locator('.placeholder').first()).toBeVisible()
  releaseChunks()
  await expect(page.getByRole('banner').getByLabel('Username')).toBeFocused()
})

test('Share waits for a chunk that is already being loaded', async ({ page, request }) => {
  const owner = await ApiClient.signUp(request, 'Ida')
  await owner.addWish('Atlas')
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined })
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } })
  })
  const releaseChunks = await holdChunks(page)
  const chunkRequested = page.waitForRequest('**/chunk-editing-*.wasm')
  await page.goto(`/u/${owner.username}`)
  await expectReady(page)
  await chunkRequested
  await page.getByRole('button', { name: 'Share' }).click()
  releaseChunks()
  await expect(page.getByText('Link copied.')).toBeVisible()
})

test.describe('if a chunk cannot be loaded', () => {
  test.use({ expectedErrors: ['net::ERR_FAILED', 'Failed to fetch', 'status of 404', 'TypeError'] })

  test('the login form says so, and Retry loads it', async ({ page }) => {
    await page.route(CHUNKS, (route) => route.abort())
    await page.goto('/')
    await expectReady(page)
    await menuButton(page).click()
    await expect(page.getByRole('alert')).toContainText("can't be loaded")
    await allowChunks(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('banner').getByLabel('Username')).toBeVisible()
  })

  test('the sign-up page says so, and Retry loads it', async ({ page }) => {
    await page.route(CHUNKS, (route) => route.abort())
    await page.goto('/signup')
    await expect(page.getByRole('alert')).toContainText("can't be loaded")
    await allowChunks(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('form', { name: 'Sign up' })).toBeVisible()
  })

  test('a user can read, and Retry loads the button for a new message', async ({ page }) => {
    await signUp(page, 'Ada')
    await page.route(CHUNKS, (route) => route.abort())
    await page.goto('/')
    await expectListLoaded(page, 'Messages')
    await allowChunks(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('button', { name: 'Post a message' })).toBeVisible()
  })

  test('because a new version is deployed, the page offers to reload', async ({ page }) => {
    await page.route(CHUNKS, (route) => route.fulfill({ status: 404 }))
    await page.goto('/wishes')
    await expectReady(page)
    await page.route('**/', (route) => route.fulfill({ body: '<link id="glue" href="/app-fedcba9876543210.js">' }))
    await menuButton(page).click()
    await expect(page.getByRole('alert')).toContainText('There is a new version of Wishboard.')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Reload' }).click()
    await menuButton(page).click()
    await expect(page.getByRole('banner').getByLabel('Username')).toBeVisible()
  })
})

/** Waits until the app, with the browser idle, has tried and failed to load all chunks. Then lets them load. */
async function allowChunks(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.unroute(CHUNKS)
}

async function expectReady(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
}

/** Holds back the chunks until the returned function is called. */
async function holdChunks(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(CHUNKS, async (route) => {
    await released
    await route.continue()
  })
  return release
}

// The content security policy, and the origins that the page sends requests to.

import { postMessage, signUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'

test('the app runs under a strict content security policy', async ({ page }) => {
  const response = await page.goto('/')
  expect(response?.headers()['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
      "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
})

test('the page sends requests only to its own origin, and the access token only to the API', async ({ page, baseURL }) => {
  const external: string[] = []
  const withToken: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) external.push(request.url())
    if (request.headers().authorization) withToken.push(request.url())
  })
  await page.goto('/')
  await signUp(page, 'Paula')
  await postMessage(page, 'All from one place')
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  expect(external).toEqual([])
  expect(withToken.length).toBeGreaterThan(0)
  for (const url of withToken) expect(url).toContain(`${baseURL}/api/`)
})

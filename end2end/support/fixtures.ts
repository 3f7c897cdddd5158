// The fixtures of every journey: a server, a page, a second browser, and a check that the browser reported no errors.

import { expect, type BrowserContext, type Page } from '@playwright/test'
import { test as base } from './server-fixture.ts'

type TestFixtures = {
  /** A page in a browser of its own: another user, or another device of the same user. */
  otherPage: Page
  /** Parts of error messages that the test causes. Chromium reports each response with status 400 or above. */
  expectedErrors: string[]
  /** The errors that the browser reported so far. */
  browserErrors: string[]
}

export const test = base.extend<TestFixtures>({
  expectedErrors: [[], { option: true }],

  browserErrors: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = []
      await collectErrors(context, errors)
      await use(errors)
      const unexpected = errors.filter((error) => !expectedErrors.some((part) => error.includes(part)))
      expect(unexpected, 'errors that the browser reported').toEqual([])
    },
    { auto: true },
  ],

  otherPage: async ({ browser, baseURL, browserErrors }, use) => {
    const context = await browser.newContext({ baseURL })
    await collectErrors(context, browserErrors)
    await use(await context.newPage())
    await context.close()
  },
})

/** Collects console errors, uncaught exceptions and violations of the content security policy. */
async function collectErrors(context: BrowserContext, errors: string[]): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(`uncaught: ${error.error()}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy ${event.violatedDirective} blocked ${event.blockedURI}`)
    })
  })
}

export { expect }

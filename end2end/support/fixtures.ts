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

/**
 * Collects console errors, uncaught exceptions, violations of the content security policy, and texts that the app
 * changes in place.
 */
async function collectErrors(context: BrowserContext, errors: string[]): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => errors.push(`uncaught: ${error.error()}`))
  await context.addInitScript(reportChangedTexts)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy ${event.violatedDirective} blocked ${event.blockedURI}`)
    })
  })
}

/**
 * Reports each text node that the page changes or removes. The app must replace the element instead, because a
 * translation by the browser replaces the text nodes: see app/src/view/recreate_on_change.rs.
 */
function reportChangedTexts(): void {
  const isText = (node: Node) => node instanceof Text && node.data.trim() !== ''
  // translated-page.spec.ts replaces texts by <font>, as browsers do.
  const isTranslation = ({ addedNodes }: MutationRecord) => [...addedNodes].some(({ nodeName }) => nodeName === 'FONT')
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const changed = record.type === 'characterData' ? record.target : [...record.removedNodes].find(isText)
      if (changed && document.body.contains(record.target) && !isTranslation(record)) {
        console.error(`the text "${changed.textContent}" was changed in place`)
      }
    }
  })
  // The parser may add to a text.
  addEventListener('DOMContentLoaded', () => {
    observer.observe(document.body, { characterData: true, childList: true, subtree: true })
  })
}

export { expect }

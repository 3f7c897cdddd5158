// Network failures that tests cause.

import type { Page } from '@playwright/test'

/** Lets the first POST to this path reach the server, but drops the response: the browser sees a network error. */
export async function loseFirstResponse(page: Page, path: string): Promise<void> {
  let isLost = false
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'POST' || isLost) return route.fallback()
    isLost = true
    await route.fetch()
    await route.abort()
  })
}

// The pictures of the README: the main pages on a phone and a desktop, light and dark, with the demo's people.

import { join, resolve } from 'node:path'
import { devices, expect, test, type Page } from '@playwright/test'
import { logIn } from '../support/actions.ts'
import { Server } from '../support/server.ts'

const FOLDER = resolve(import.meta.dirname, '../../docs/screens')
const DEMO = { username: 'mira', password: 'three otters share a boat' }

const SCREENS = {
  desktop: { viewport: { width: 1120, height: 720 } },
  phone: { ...devices['Pixel 7'], viewport: { width: 390, height: 720 }, deviceScaleFactor: 2 },
}
const PAGES = { board: '/', wishes: '/wishes', list: `/u/${DEMO.username}`, account: '/account' }

test('screens', async ({ browser }) => {
  const server = await Server.start('--demo')
  for (const [screen, device] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ ...device, colorScheme, baseURL: server.url, locale: 'en-GB' })
      const page = await context.newPage()
      await page.goto('/')
      await logIn(page, DEMO.username, DEMO.password)
      await expect(page.getByRole('button', { name: 'Post a message' })).toBeVisible()
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(path)
        await isStill(page)
        await page.screenshot({ path: join(FOLDER, `${name}-${screen}-${colorScheme}.png`), animations: 'disabled' })
      }
      await context.close()
    }
  }
  await server.stop()
})

/** Everything is there, and nothing is under way. */
async function isStill(page: Page) {
  await page.locator('h1').waitFor()
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}

// Takes the screenshots in docs/screens: the main pages with the demo data, on a phone and a desktop, light and dark.

import { join, resolve } from 'node:path'
import { devices, expect, test, type Page } from '@playwright/test'
import { logIn } from '../support/actions.ts'
import { Server } from '../support/server.ts'

const SCREENSHOTS = resolve(import.meta.dirname, '../../docs/screens')
const DEMO = { username: 'mira', password: 'three otters share a boat' }

const DEVICES = {
  desktop: { viewport: { width: 1120, height: 720 } },
  phone: { ...devices['Pixel 7'], viewport: { width: 390, height: 720 }, deviceScaleFactor: 2 },
}
const PAGES = { board: '/', wishes: '/wishes', list: `/u/${DEMO.username}`, account: '/account' }

test('screenshots', async ({ browser }) => {
  const server = await Server.start('--demo')
  for (const [deviceName, device] of Object.entries(DEVICES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ ...device, colorScheme, baseURL: server.url, locale: 'en-GB' })
      const page = await context.newPage()
      await page.goto('/')
      await logIn(page, DEMO.username, DEMO.password)
      await expect(page.getByRole('button', { name: 'Post a message' })).toBeVisible()
      for (const [name, url] of Object.entries(PAGES)) {
        await page.goto(url)
        await waitUntilLoaded(page)
        const path = join(SCREENSHOTS, `${name}-${deviceName}-${colorScheme}.png`)
        await page.screenshot({ path, animations: 'disabled' })
      }
      await context.close()
    }
  }
  await server.stop()
})

async function waitUntilLoaded(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle')
}

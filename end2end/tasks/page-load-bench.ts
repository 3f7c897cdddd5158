// How soon a phone sees something, and how soon it sees the messages: a first visit with a slow processor on a
// slow network. `cargo xtask bench page` runs it; docs/speed.md has what it printed. It asserts nothing.

import { devices, expect, test, type Browser } from '@playwright/test'
import { Server } from '../support/server.ts'

/** As Lighthouse imagines a phone: "slow 4G" and a processor four times as slow as this one. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 }
const SLOWER = 4
const VISITS = 5

type Visit = { shell: number; messages: number; bytes: number }

test('pace', async ({ browser }) => {
  const server = await Server.start('--demo')
  const visits: Visit[] = []
  for (let visit = 0; visit < VISITS; visit++) visits.push(await firstVisit(browser, server.url))
  await server.stop()
  for (const what of ['shell', 'messages', 'bytes'] as const) {
    const sorted = visits.map((visit) => Math.round(visit[what])).sort((one, other) => one - other)
    console.log(`${what}: ${sorted[Math.floor(VISITS / 2)]} (median of ${sorted.join(', ')})`)
  }
})

/** Milliseconds from the first request to the first paint and to the first message, and bytes received. */
async function firstVisit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ ...devices['Pixel 7'] })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', NETWORK)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('article')) return
      watch.disconnect()
      requestAnimationFrame(() => Object.assign(globalThis, { messagesAt: performance.now() }))
    })
    watch.observe(document, { childList: true, subtree: true })
  })
  await page.goto(url, { waitUntil: 'commit' })
  await expect(page.getByRole('article').first()).toBeVisible({ timeout: 60_000 })
  const times = await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done, 200))
    const shell = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN
    return { shell, messages: (globalThis as unknown as { messagesAt: number }).messagesAt }
  })
  await context.close()
  return { ...times, bytes }
}

// Measures how soon a phone paints the early page and the messages on a first visit. It has no time limit.
// `cargo xtask bench page` runs it; docs/speed.md has its results.

import { devices, expect, test, type Browser, type Page } from '@playwright/test'
import { Server } from '../support/server.ts'

/** Lighthouse's model of a phone: "slow 4G" (bytes per second, ms), and a CPU four times as slow as this one. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 }
const CPU_SLOWDOWN = 4
const VISITS = 5

/** Milliseconds from the start of the navigation, and bytes received. */
type Visit = { firstPaint: number; messages: number; bytes: number }

test('page load', async ({ browser }) => {
  const server = await Server.start('--demo')
  const visits: Visit[] = []
  for (let visit = 0; visit < VISITS; visit++) visits.push(await firstVisit(browser, server.url))
  await server.stop()
  for (const measure of ['firstPaint', 'messages', 'bytes'] as const) {
    const sorted = visits.map((visit) => Math.round(visit[measure])).sort((a, b) => a - b)
    console.log(`${measure}: ${sorted[Math.floor(VISITS / 2)]} (median of ${sorted.join(', ')})`)
  }
})

/** Loads the page in a new browser context, with nothing cached. */
async function firstVisit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ ...devices['Pixel 7'] })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', NETWORK)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.addInitScript(recordPaintTimes)
  await page.goto(url, { waitUntil: 'commit' })
  await expect(page.getByRole('article').first()).toBeVisible({ timeout: 60_000 })
  const times = await paintTimes(page)
  await page.waitForLoadState('networkidle')
  await context.close()
  return { ...times, bytes }
}

/** The times that `recordPaintTimes` adds to the global object of the page, in milliseconds. */
type PaintTimes = { firstPaintAt?: number; messagesPaintedAt?: number }

/** Runs in the page: records when the browser first paints anything, and when it first paints an article. */
function recordPaintTimes() {
  const painted = globalThis as PaintTimes
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint')
    if (paint) painted.firstPaintAt = paint.startTime
  }).observe({ type: 'paint', buffered: true })
  const articles = new MutationObserver(() => {
    if (!document.querySelector('article')) return
    articles.disconnect()
    requestAnimationFrame(() => (painted.messagesPaintedAt = performance.now()))
  })
  articles.observe(document, { childList: true, subtree: true })
}

async function paintTimes(page: Page): Promise<{ firstPaint: number; messages: number }> {
  const times = await page.waitForFunction(() => {
    const { firstPaintAt: firstPaint, messagesPaintedAt: messages } = globalThis as PaintTimes
    return firstPaint !== undefined && messages !== undefined && { firstPaint, messages }
  })
  return (await times.jsonValue()) as { firstPaint: number; messages: number }
}

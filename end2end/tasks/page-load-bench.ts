// Measures how soon a phone paints the page and its messages, and how soon the app is interactive, on a first and on a
// second visit. It has no time limit. `cargo xtask bench page` runs it; docs/speed.md has its results.

import { devices, test, type BrowserContext, type Page } from '@playwright/test'
import { Server } from '../support/server.ts'

/** Lighthouse's model of a phone: "slow 4G" (bytes per second, ms), and a CPU four times as slow as this one. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 }
const CPU_SLOWDOWN = 4
const RUNS = 5

/** Milliseconds from the start of the navigation, and the bytes received until the app is interactive. */
const MEASURES = ['firstPaint', 'contentPainted', 'interactive', 'bytes'] as const
type Visit = Record<(typeof MEASURES)[number], number>

test('page load', async ({ browser }) => {
  const server = await Server.start('--demo')
  const first: Visit[] = []
  const second: Visit[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ ...devices['Pixel 7'] })
    first.push(await visit(context, server.url))
    second.push(await visit(context, server.url))
    await context.close()
  }
  await server.stop()
  print('first visit', first)
  print('second visit', second)
})

function print(title: string, visits: Visit[]): void {
  console.log(title)
  for (const measure of MEASURES) {
    const sorted = visits.map((visit) => Math.round(visit[measure])).sort((a, b) => a - b)
    console.log(`  ${measure}: ${sorted[Math.floor(RUNS / 2)]} (median of ${sorted.join(', ')})`)
  }
}

/** Loads the page in a new tab, with the cache of the context. */
async function visit(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', NETWORK)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  const responses: { at: number; bytes: number }[] = []
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => responses.push({ at: Date.now(), bytes: encodedDataLength }))
  await page.addInitScript(recordTimes)
  await page.goto(url, { waitUntil: 'commit' })
  const { origin, ...times } = await recordedTimes(page)
  await page.waitForLoadState('networkidle') // the chunks are in the cache
  await page.close()
  // Chunks that the browser loads while it is idle are not part of the visit.
  const counted = responses.filter(({ at }) => at <= origin + times.interactive)
  return { ...times, bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** The times that `recordTimes` adds to the global object of the page, in milliseconds. */
type RecordedTimes = { firstPaintAt?: number; contentPaintedAt?: number; interactiveAt?: number }

/** Runs in the page: records when the browser paints anything, when it paints an article, and when the app is ready. */
function recordTimes() {
  const recorded = globalThis as RecordedTimes
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint')
    if (paint) recorded.firstPaintAt = paint.startTime
  }).observe({ type: 'paint', buffered: true })
  const articles = new MutationObserver(() => {
    if (!document.querySelector('article')) return
    articles.disconnect()
    requestAnimationFrame(() => (recorded.contentPaintedAt = performance.now()))
  })
  articles.observe(document, { childList: true, subtree: true })
  new MutationObserver(() => {
    if (document.documentElement?.dataset.app === 'ready') recorded.interactiveAt ??= performance.now()
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-app'] })
}

async function recordedTimes(page: Page): Promise<Omit<Visit, 'bytes'> & { origin: number }> {
  const times = await page.waitForFunction(() => {
    const { firstPaintAt: firstPaint, contentPaintedAt: contentPainted, interactiveAt: interactive } = globalThis as RecordedTimes
    const { timeOrigin: origin } = performance
    return firstPaint && contentPainted && interactive && { firstPaint, contentPainted, interactive, origin }
  })
  return (await times.jsonValue()) as Omit<Visit, 'bytes'> & { origin: number }
}

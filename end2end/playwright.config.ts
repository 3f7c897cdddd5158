// Journeys in a real browser, through the built site, to a server of their own each.
// `cargo xtask test end2end` builds what they need and names it: CHROME, SERVER, SITE.

import { defineConfig, devices } from '@playwright/test'

const launchOptions = {
  executablePath: process.env.CHROME,
  // The sandbox does not start for root; these pages are our own.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export default defineConfig({
  testDir: 'journeys',
  fullyParallel: true,
  workers: 2,
  // What fails now and then is broken: it is not tried again.
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // With the film of every journey they would take a third longer; the trace has the page at each step, too.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    // What is looked at once: rules that know no width, and what sets widths of its own.
    { name: 'desktop', use: { ...devices['Desktop Chrome'] }, testIgnore: ['accessibility-axe.spec.ts', 'layout-overflow.spec.ts'] },
    { name: 'phone', use: { ...devices['Pixel 7'] } },
  ],
})

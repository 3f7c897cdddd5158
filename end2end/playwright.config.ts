// Journeys (end-to-end tests): a real browser, the built site, and a server for each worker.
// `cargo xtask test end2end` builds them and sets their paths: CHROME, SERVER, SITE.

import { defineConfig, devices } from '@playwright/test'

const launchOptions = {
  executablePath: process.env.CHROME,
  // Chromium's sandbox does not start as root. It is not needed, because the tests open only our own pages.
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
  // No retries: a test that fails intermittently is a bug.
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // Screenshots in the trace would make the tests a third slower. The trace contains a DOM snapshot of each step
    // anyway.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'] },
      // Run on one device only: axe's rules do not depend on the width, and the overflow tests set their own widths.
      testIgnore: ['accessibility-axe.spec.ts', 'layout-overflow.spec.ts'],
    },
    { name: 'phone', use: { ...devices['Pixel 7'] } },
  ],
})

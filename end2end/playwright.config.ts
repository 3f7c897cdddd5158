// End-to-end tests: a real browser, the built site, and a server for each worker. journeys/ tests everything in
// Chromium; webdriver/ tests the most important steps in Firefox and WebKitGTK.
// `cargo xtask test end2end` builds the site and the server, and sets the paths of all programs: CHROME, SERVER, SITE,
// and those in OTHER_BROWSERS.

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

/** The browsers that webdriver/ can test, and the variables with the paths of the programs that it needs. */
const OTHER_BROWSERS = [
  { name: 'firefox', variables: ['FIREFOX'] },
  { name: 'webkit', variables: ['WEBKIT_DRIVER', 'XVFB'] },
] as const

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
    {
      name: 'phone',
      use: { ...devices['Pixel 7'] },
      // Run on one device only, because they do not depend on the width.
      testIgnore: ['missing-functions.spec.ts', 'translated-page.spec.ts'],
    },
    ...OTHER_BROWSERS.filter(({ variables }) => variables.every((variable) => process.env[variable])).map(
      ({ name }) => ({
        name,
        testDir: 'webdriver',
        use: { browserName: name },
        // On a busy machine, WebKitGTK needs seconds for a command.
        timeout: 180_000,
        expect: { toPass: { timeout: 30_000 } },
      }),
    ),
  ],
})

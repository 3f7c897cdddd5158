// What is run on demand, and tests nothing: `cargo xtask screenshots` and `cargo xtask lighthouse`.

import config from './playwright.config.ts'

export default {
  ...config,
  testMatch: ['screenshots.ts', 'lighthouse.ts'],
  workers: 1,
  timeout: 300_000,
  projects: [{ name: 'show' }],
}

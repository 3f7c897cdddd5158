// Playwright tasks that run on demand: `cargo xtask screenshots`, `icons`, `lighthouse` and `bench page`.

import config from './playwright.config.ts'

export default {
  ...config,
  testDir: 'tasks',
  testMatch: '*.ts',
  workers: 1,
  timeout: 300_000,
  projects: [{ name: 'tasks' }],
}

// What is run on demand, and tests nothing: `cargo xtask screenshots`, `lighthouse`, `icons` and `bench page`.

import config from './playwright.config.ts'

export default {
  ...config,
  testDir: 'tasks',
  testMatch: '*.ts',
  workers: 1,
  timeout: 300_000,
  projects: [{ name: 'tasks' }],
}

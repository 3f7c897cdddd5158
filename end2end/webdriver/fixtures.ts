// The fixtures of this folder's tests: a server, and a tab in the browser of the project.

import { test as base } from '../support/server-fixture.ts'
import { Firefox } from './firefox.ts'
import { Tab } from './tab.ts'
import { WebKit } from './webkit.ts'

export const test = base.extend<{ tab: Tab }>({
  tab: async ({ browserName, server }, use) => {
    const driver = browserName === 'firefox' ? await Firefox.start() : await WebKit.start()
    try {
      await use(new Tab(driver, server.url))
    } finally {
      await driver.close()
    }
  },
})

export { expect } from '@playwright/test'

// The fixture of every end-to-end test: a server for each worker.

import { test as base } from '@playwright/test'
import { Server } from './server.ts'

export const test = base.extend<{}, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),
})

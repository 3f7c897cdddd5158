// What every journey gets: a page on a server of its own, and a watch for anything the browser complains of.

import { test as base, expect } from '@playwright/test'
import { Server } from './server.ts'

type ForTest = { complaints: string[] }
type ForWorker = { server: Server }

export const test = base.extend<ForTest, ForWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  // Console errors, errors nobody caught, and whatever the content security policy stopped fail the test.
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => complaints.push(`uncaught: ${error.error()}`))
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy ${event.violatedDirective} stopped ${event.blockedURI}`)
        })
      })
      await use(complaints)
      expect(complaints, 'what the browser complained of').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

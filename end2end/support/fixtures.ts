// What every journey gets: a page on a server of its own, and a watch for anything the browser complains of.

import { test as base, expect } from '@playwright/test'
import { Server } from './server.ts'

type ForTest = { complaints: string[]; expected: string[] }
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

  // What a test provokes: Chromium complains of every answer of 400 and above.
  expected: [[], { option: true }],

  // Console errors, errors nobody caught, and whatever the content security policy stopped fail the test.
  complaints: [
    async ({ context, expected }, use) => {
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
      const unexpected = complaints.filter((complaint) => !expected.some((part) => complaint.includes(part)))
      expect(unexpected, 'what the browser complained of').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

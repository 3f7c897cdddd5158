// Runs Lighthouse on the built site, as a phone and as a desktop, and fails below the minimum scores.
// `cargo xtask lighthouse` sets LIGHTHOUSE to the program, which is too large to be a dependency of end2end/.

import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import config from '../playwright.config.ts'
import { Server } from '../support/server.ts'

const REPORTS = resolve(import.meta.dirname, '../../target/lighthouse')
const PAGES = { messages: '/', wishes: '/wishes', list: '/u/mira', signup: '/signup' }
const FLAGS = { phone: [], desktop: ['--preset=desktop'] }
/** The minimum scores, between 0 and 100. */
const MIN_SCORES = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 }

type Report = { categories: Record<string, { score: number }> }

test('Lighthouse scores', async () => {
  const server = await Server.start('--demo')
  await mkdir(REPORTS, { recursive: true })
  const failures: string[] = []
  for (const [name, path] of Object.entries(PAGES)) {
    for (const [device, flags] of Object.entries(FLAGS)) {
      const file = join(REPORTS, `${name}-${device}`)
      const { categories } = await runLighthouse(server.url + path, file, flags)
      const scores = Object.entries(MIN_SCORES).map(([category, minimum]) => {
        const score = Math.round(categories[category].score * 100)
        if (score < minimum) failures.push(`${name} on a ${device}: ${category} is ${score}; see ${file}.report.html`)
        return `${category} ${score}`
      })
      console.log(`${name} on a ${device}: ${scores.join(', ')}`)
    }
  }
  await server.stop()
  expect(failures).toEqual([])
})

/** Writes `<file>.report.html` and `<file>.report.json`, and returns the latter. */
async function runLighthouse(url: string, file: string, flags: string[]): Promise<Report> {
  const chrome = ['--headless=new', ...config.use!.launchOptions!.args!].join(' ')
  const output = ['--quiet', '--output=json', '--output=html', `--output-path=${file}`]
  const env = { ...process.env, CHROME_PATH: process.env.CHROME }
  await promisify(execFile)(process.env.LIGHTHOUSE!, [url, ...flags, ...output, `--chrome-flags=${chrome}`], { env })
  return JSON.parse(await readFile(`${file}.report.json`, 'utf8'))
}

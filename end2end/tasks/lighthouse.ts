// Lighthouse on the built site, as a phone and as a desktop sees it. `cargo xtask lighthouse` names the program
// that is not among the packages of this folder, because it is large: LIGHTHOUSE.

import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import config from '../playwright.config.ts'
import { Server } from '../support/server.ts'

const REPORTS = resolve(import.meta.dirname, '../../target/lighthouse')
const PAGES = { board: '/', wishes: '/wishes', list: '/u/mira', signup: '/signup' }
const FLAGS = { phone: [], desktop: ['--preset=desktop'] }
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 }

type Report = { categories: Record<string, { score: number }> }

test('scores', async () => {
  const server = await Server.start('--demo')
  await mkdir(REPORTS, { recursive: true })
  const wrong: string[] = []
  for (const [name, path] of Object.entries(PAGES)) {
    for (const [screen, flags] of Object.entries(FLAGS)) {
      const file = join(REPORTS, `${name}-${screen}`)
      const { categories } = await lighthouse(server.url + path, file, flags)
      const scores = Object.entries(LEAST).map(([category, least]) => {
        const score = Math.round(categories[category].score * 100)
        if (score < least) wrong.push(`${name} on a ${screen}: ${category} is ${score}; see ${file}.report.html`)
        return `${category} ${score}`
      })
      console.log(`${name} on a ${screen}: ${scores.join(', ')}`)
    }
  }
  await server.stop()
  expect(wrong).toEqual([])
})

async function lighthouse(url: string, file: string, flags: string[]): Promise<Report> {
  const chrome = ['--headless=new', ...config.use!.launchOptions!.args!].join(' ')
  const output = ['--quiet', '--output=json', '--output=html', `--output-path=${file}`]
  const env = { ...process.env, CHROME_PATH: process.env.CHROME }
  await promisify(execFile)(process.env.LIGHTHOUSE!, [url, ...flags, ...output, `--chrome-flags=${chrome}`], { env })
  return JSON.parse(await readFile(`${file}.report.json`, 'utf8'))
}

// The icons of the app in sizes and shapes that phones ask for, drawn from its one drawing.

import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from '@playwright/test'

const APP = resolve(import.meta.dirname, '../../app')

// A full one has no round corners and nothing transparent: the phone cuts it to its own shape.
const ICONS = {
  'icon-192': { size: 192, full: false },
  'icon-512': { size: 512, full: false },
  'icon-maskable-512': { size: 512, full: true },
  'apple-touch-icon': { size: 180, full: true },
}

test('icons', async ({ page }) => {
  const drawing = await readFile(join(APP, 'favicon.svg'), 'utf8')
  for (const [name, { size, full }] of Object.entries(ICONS)) {
    const svg = full ? drawing.replace(/ rx="\d+"/, '') : drawing
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
    await page.screenshot({ path: join(APP, 'icons', `${name}.png`), omitBackground: !full })
  }
})

// Draws the PNG icons in app/icons from app/favicon.svg. `cargo xtask icons` runs it.

import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from '@playwright/test'

const APP = resolve(import.meta.dirname, '../../app')

// Sizes in pixels. A full-bleed icon has no rounded corners and no transparency: the phone cuts it to its own shape.
const ICONS = {
  'icon-192': { size: 192, fullBleed: false },
  'icon-512': { size: 512, fullBleed: false },
  'icon-maskable-512': { size: 512, fullBleed: true },
  'apple-touch-icon': { size: 180, fullBleed: true },
}

test('icons', async ({ page }) => {
  const drawing = await readFile(join(APP, 'favicon.svg'), 'utf8')
  for (const [name, { size, fullBleed }] of Object.entries(ICONS)) {
    const svg = fullBleed ? drawing.replace(/ rx="\d+"/, '') : drawing
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
    await page.screenshot({ path: join(APP, 'icons', `${name}.png`), omitBackground: !fullBleed })
  }
})

// The language of the app: the browser's, until the user chooses another one.

import { openApp, reloadApp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'

test.use({ locale: 'de-AT' })

test('the app starts in the language of the browser', async ({ page }) => {
  await openApp(page, '/')
  await expect(page.getByRole('heading', { name: 'Nachrichten', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})

test('the language that the user chooses survives a reload', async ({ page }) => {
  await openApp(page, '/wishes')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await reloadApp(page)
  await expect(page).toHaveTitle('Wishes · Wishboard')
})

// In German, chosen by the browser, on narrow screens: words are longer there, and still fit.

import type { Page } from '@playwright/test'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD } from '../support/actions.ts'

// The narrowest phone, a large one on its side, a desktop's window at 200 %, and where the bar becomes one row.
const WIDTHS = [720, 640, 500, 320]

test.use({ locale: 'de-AT', viewport: { width: 320, height: 640 }, expected: ['404'] })

/** Nothing is wider than the screen, and no button cuts its words, however wide it is. */
async function allFits(page: Page, state: string) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 })
    await fits(page, `${state} at ${width}`)
  }
}

async function fits(page: Page, state: string) {
  const wrong = await page.evaluate(() => {
    const root = document.documentElement
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : []
    // A person's name may be cut; it is in the menu, too.
    const buttons = [...document.querySelectorAll<HTMLElement>('button, .button, .bar-link, summary')]
    const cut = buttons.filter((button) => button.scrollWidth > button.clientWidth + 1 && !button.querySelector('.bar-name'))
    return [...wide, ...cut.map((button) => `cut: ${button.outerHTML}`)]
  })
  expect(wrong, state).toEqual([])
}

test('every page fits, for a guest and for somebody who is logged in', async ({ page }) => {
  const look = async (path: string, heading: string) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible()
    await allFits(page, path)
  }
  await look('/', 'Nachrichten')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.getByRole('banner').locator('summary').click()
  await allFits(page, 'log-in form')
  await look('/wishes', 'Wünsche')
  await look('/u/nobody-at-all', 'Niemand heißt hier so')
  await look('/account', 'Konto')
  await look('/no/such/page', 'Hier ist nichts')
  await look('/signup', 'Registrieren')

  const username = `p-${crypto.randomUUID().slice(0, 13)}`
  const form = page.getByRole('form', { name: 'Registrieren' })
  await form.getByRole('button', { name: 'Registrieren' }).click()
  await expect(form).toContainText('Bitte füll das aus.')
  await allFits(page, 'sign-up with faults')
  await form.getByLabel('Benutzername').fill(username)
  await form.getByLabel('Name', { exact: true }).fill('Donaudampfschifffahrtsgesellschaftskapitänin')
  await form.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Registrieren' }).click()
  await expect(page.getByRole('heading', { name: 'Nachrichten', exact: true })).toBeFocused()

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'Nachricht schreiben' }).click()
  await dialog.getByRole('textbox').fill('Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz')
  await allFits(page, 'editor')
  await dialog.getByRole('button', { name: 'Senden' }).click()
  await expect(page.getByRole('article').first()).toContainText('Rindfleisch')
  await expect(page.getByRole('article').first()).toContainText(/jetzt|vor/)
  await allFits(page, 'board')
  await page.getByRole('banner').locator('summary').click()
  await allFits(page, 'menu')

  await look(`/u/${username}`, 'Meine Wünsche')
  await page.getByRole('button', { name: 'Wunsch hinzufügen' }).click()
  await dialog.getByLabel('Wunsch', { exact: true }).fill('Ein Fahrrad')
  await dialog.getByRole('button', { name: 'Hinzufügen' }).click()
  await expect(page.getByRole('heading', { name: 'Ein Fahrrad' })).toBeVisible()
  await allFits(page, 'own list')
  await page.getByRole('button', { name: 'Löschen' }).click()
  await allFits(page, 'question before a wish is deleted')
  await look('/account', 'Konto')
  await page.getByRole('button', { name: 'Mein Konto löschen' }).click()
  await allFits(page, 'question before the account is deleted')
})

test('another language is one press away, and stays', async ({ page }) => {
  await page.goto('/wishes')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(page).toHaveTitle('Wishes · Wishboard')
})

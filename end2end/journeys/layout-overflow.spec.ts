// No page is wider than a narrow screen, and no button cuts off its label. The tests use German, because its words are
// longer.

import type { Page } from '@playwright/test'
import { menuButton, openApp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'

/**
 * Viewport widths in CSS pixels: where the navigation bar becomes one row, a desktop window zoomed to 200 %, a large
 * phone in landscape, the narrowest phone.
 */
const WIDTHS = [720, 640, 500, 320]

test.use({ locale: 'de-AT', viewport: { width: 320, height: 640 }, expectedErrors: ['404'] })

/** Checks the page at each of the widths. The report names the page by `state`. */
async function expectNoOverflow(page: Page, state: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 })
    const overflows = await page.evaluate(() => {
      const root = document.documentElement
      const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : []
      // The button with the user's name may cut it off, because the menu shows the whole name.
      const buttons = [...document.querySelectorAll<HTMLElement>('button, .button, .bar-link, summary')]
      const checked = buttons.filter((button) => !button.querySelector('.bar-name'))
      const cut = checked.filter((button) => button.scrollWidth > button.clientWidth + 1)
      return [...wide, ...cut.map((button) => `cut: ${button.outerHTML}`)]
    })
    expect(overflows, `${state} at ${width}`).toEqual([])
  }
}

async function checkPage(page: Page, path: string, heading: string): Promise<void> {
  await openApp(page, path)
  await expect(page.getByRole('heading', { name: heading, exact: true }).first()).toBeVisible()
  await expectNoOverflow(page, path)
}

test('every page fits narrow screens for a guest', async ({ page }) => {
  await checkPage(page, '/', 'Nachrichten')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await menuButton(page).click()
  await expectNoOverflow(page, 'login form')
  await checkPage(page, '/wishes', 'Wünsche')
  await checkPage(page, '/u/unknown-user', 'Diese Person gibt es hier nicht')
  await checkPage(page, '/account', 'Konto')
  await checkPage(page, '/no/such/page', 'Seite nicht gefunden')
  await checkPage(page, '/signup', 'Registrieren')
  const form = page.getByRole('form', { name: 'Registrieren' })
  await form.getByRole('button', { name: 'Registrieren' }).click()
  await expect(form).toContainText('Das darf nicht leer sein.')
  await expectNoOverflow(page, 'sign-up with field errors')
})

test('every page fits narrow screens for a user', async ({ page, otherPage }) => {
  const username = uniqueUsername()
  const form = page.getByRole('form', { name: 'Registrieren' })
  const dialog = page.getByRole('dialog')
  const newest = page.getByRole('article').first()
  await openApp(page, '/signup')
  await form.getByLabel('Benutzername').fill(username)
  await form.getByLabel('Name', { exact: true }).fill('Donaudampfschifffahrtsgesellschaftskapitänin')
  await form.getByLabel('Passwort', { exact: true }).fill(PASSWORD)
  await form.getByRole('button', { name: 'Registrieren' }).click()
  await expect(page.getByRole('heading', { name: 'Nachrichten', exact: true })).toBeFocused()

  await test.step('messages', async () => {
    await page.getByRole('button', { name: 'Nachricht schreiben' }).click()
    await dialog.getByRole('textbox').fill('Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz')
    await expectNoOverflow(page, 'message editor')
    await dialog.getByRole('button', { name: 'Senden' }).click()
    await expect(newest).toContainText('Rindfleisch')
    await expect(newest).toContainText(/jetzt|vor/)
    await expectNoOverflow(page, 'messages')
    await menuButton(page).click()
    await expectNoOverflow(page, 'menu')
  })

  await test.step('wish list', async () => {
    await checkPage(page, `/u/${username}`, 'Meine Wünsche')
    await page.getByRole('button', { name: 'Wunsch hinzufügen' }).click()
    await dialog.getByLabel('Wunsch', { exact: true }).fill('Ein Fahrrad')
    await dialog.getByRole('button', { name: 'Hinzufügen' }).click()
    await expect(page.getByRole('heading', { name: 'Ein Fahrrad' })).toBeVisible()
    await expectNoOverflow(page, 'own wish list')
    await page.getByRole('button', { name: 'Als erhalten markieren' }).click()
    await page.getByText('Erhalten (1)').click()
    await expect(page.getByRole('button', { name: 'Zurück zu den Wünschen' })).toBeVisible()
    await expectNoOverflow(page, 'received wish')
    await page.getByRole('button', { name: 'Löschen' }).click()
    await expectNoOverflow(page, 'dialog that deletes a wish')
  })

  await test.step('account', async () => {
    const login = await otherPage.request.post('/api/login', { data: { username, password: PASSWORD } })
    expect(login.ok()).toBe(true)
    await checkPage(page, '/account', 'Konto')
    await expect(page.getByRole('button', { name: 'Überall sonst abmelden' })).toBeVisible()
    await expectNoOverflow(page, 'two sessions')
    await page.getByRole('button', { name: 'Mein Konto löschen' }).click()
    await expectNoOverflow(page, 'dialog that deletes the account')
  })
})

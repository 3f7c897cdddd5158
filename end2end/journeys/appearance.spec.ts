// How pages look: the colours of buttons that delete something, low windows, large text, print.

import type { Locator } from '@playwright/test'
import { chooseFromMenu, menuButton, openApp, postMessage, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

test('the buttons that delete something are red while the pointer is on them and while they have the focus', async ({ page }) => {
  await signUp(page, 'Rhea')
  const text = uniqueText('Soon gone')
  await postMessage(page, text)

  await test.step('in the dialog that deletes a message', async () => {
    const article = page.getByRole('article').filter({ hasText: text.slice(-20) })
    await article.getByRole('button', { name: 'Delete' }).click()
    await expectSameColors(page.getByRole('dialog').getByRole('button', { name: 'Delete' }), ['backgroundColor', 'borderColor'])
    await page.keyboard.press('Escape')
  })

  await test.step('on the account page', async () => {
    await chooseFromMenu(page, 'Account')
    const open = page.getByRole('button', { name: 'Delete my account' })
    await expectSameColors(open, ['color', 'borderColor'])
    await open.click()
    await expectSameColors(page.getByRole('dialog').getByRole('button', { name: 'Delete' }), ['backgroundColor', 'borderColor'])
  })
})

test('the buttons of a dialog are visible in a low window', async ({ page }) => {
  await signUp(page, 'Lowell')
  await page.setViewportSize({ width: 700, height: 400 })
  await page.getByRole('button', { name: 'Post a message' }).click()
  const post = page.getByRole('dialog').getByRole('button', { name: 'Post', exact: true })
  await expect(post).toBeInViewport({ ratio: 1 })
  await openApp(page, '/wishes')
  await page.getByRole('button', { name: 'Add a wish' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toBeInViewport({ ratio: 1 })
  await dialog.getByLabel('Link').fill('https://shop.example/')
  await expect(dialog.getByLabel('Link')).toBeInViewport({ ratio: 1 })
})

test('the menu of a user is not cut off if the text is twice as large', async ({ page, context }) => {
  await signUp(page, 'Maximiliane Oppenheimer-Vandenberg')
  await page.setViewportSize({ width: 390, height: 844 })
  const cdp = await context.newCDPSession(page)
  await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
  await expect(menuButton(page)).toBeInViewport({ ratio: 1 })
  await menuButton(page).click()
  const panel = page.getByRole('banner').locator('.dropdown-panel')
  for (const text of ['Maximiliane', 'My wishes', 'Account', 'Log out']) {
    const item = panel.getByText(text)
    await item.scrollIntoViewIfNeeded()
    await expect(item).toBeInViewport({ ratio: 1 })
  }
})

test('in print, the address of a link is on its own line', async ({ page, request }) => {
  const owner = await ApiClient.signUp(request, 'Paige')
  await owner.addWish('Paper', { url: 'https://shop.example/paper?size=a4' })
  await openApp(page, `/u/${owner.username}`)
  const link = page.getByRole('link', { name: 'shop.example' })
  await expect(link).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  const address = await link.evaluate((element) => {
    const { content, display } = getComputedStyle(element, '::after')
    return { content, display }
  })
  expect(address).toEqual({ content: '"https://shop.example/paper?size=a4"', display: 'block' })
})

/** Checks that these colours of a button do not change while the pointer is on it or it has the focus. */
async function expectSameColors(button: Locator, properties: ('color' | 'backgroundColor' | 'borderColor')[]): Promise<void> {
  const colors = () => button.evaluate((element, names) => names.map((name) => getComputedStyle(element)[name]), properties)
  const atRest = await colors()
  await button.hover()
  await button.evaluate((element) => Promise.all(element.getAnimations().map((animation) => animation.finished)))
  expect(await colors()).toEqual(atRest)
  await button.focus()
  expect(await colors()).toEqual(atRest)
}

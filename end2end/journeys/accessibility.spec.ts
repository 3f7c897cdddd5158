// Keyboard use, focus, and a layout that does not move under the pointer. accessibility-axe.spec.ts checks axe's rules.

import { openApp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'

test('a field error does not move the button that the user is pressing', async ({ page }) => {
  await openApp(page, '/signup')
  const form = page.getByRole('form', { name: 'Sign up' })
  const button = form.getByRole('button', { name: 'Sign up' })
  const password = form.getByLabel('Password', { exact: true })
  await form.getByLabel('Username').fill('Not a Username')
  await password.fill('short')
  const before = await button.boundingBox()
  await button.hover()
  await page.mouse.down()
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  expect(await button.boundingBox()).toEqual(before)
  await page.mouse.up()
  await expect(form.getByLabel('Username')).toBeFocused()
})

test('a user signs up, posts and opens the menu with the keyboard alone', async ({ page }) => {
  const focused = page.locator(':focus')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  await test.step('signs up', async () => {
    await openApp(page, '/signup')
    await expect(page.getByRole('heading', { name: 'Sign up' })).toBeVisible()
    await press('Tab')
    await expect(focused).toHaveText('Skip to content')
    await page.getByRole('main').getByLabel('Username').focus()
    await page.keyboard.type(uniqueUsername())
    await press('Tab')
    await page.keyboard.type('Kay')
    await press('Tab')
    await page.keyboard.type(PASSWORD)
    await press('Enter')
    await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeFocused()
  })

  await test.step('posts a message', async () => {
    await press('Tab')
    await expect(focused).toHaveText('Post a message')
    await press('Enter')
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
    await page.keyboard.type('Typed, not clicked')
    await press('Tab', 'Tab')
    await expect(focused).toHaveText('Post')
    await press('Enter')
    await expect(page.getByRole('article').first()).toContainText('Typed, not clicked')
    await expect(focused).toHaveText('Post a message')
  })

  await test.step('opens and closes the menu', async () => {
    await press('Shift+Tab')
    await expect(focused).toContainText('Kay')
    await press('Enter', 'Escape')
    await expect(focused).toContainText('Kay')
  })
})

// `/lite`: the pages for browsers without JavaScript.

import { submitLogin, submitSignUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'

test.use({ javaScriptEnabled: false, expectedErrors: ['401', '422'] })

test('a user signs up, posts, logs out and logs in again without JavaScript', async ({ page }) => {
  const username = uniqueUsername()
  const text = `First line\nSecond line (${username})`
  const loginForm = page.getByRole('region', { name: 'Log in' })
  const message = page.getByRole('article').filter({ hasText: username }).first()

  await test.step('finds the link on the front page', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'basic version' }).click()
    await expect(page).toHaveURL(/\/lite$/)
    await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible()
  })

  await test.step('signs up', async () => {
    await submitSignUp(page.getByRole('region', { name: 'Sign up' }), username, 'Paula')
    await expect(page).toHaveURL(/\/lite$/)
    await expect(page.getByRole('banner')).toContainText('Paula')
  })

  await test.step('a double click and a reload post the message once', async () => {
    await page.getByLabel('Message', { exact: true }).fill(text)
    await page.getByRole('button', { name: 'Post' }).dblclick()
    await expect(message).toContainText('Second line')
    await page.reload()
    await expect(page.getByText(`Second line (${username})`)).toHaveCount(1)
    await expect(message.locator('br')).toHaveCount(1)
  })

  await test.step('going back after a logout shows no data of the user', async () => {
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(loginForm).toBeVisible()
    await page.goBack()
    await expect(loginForm).toBeVisible()
    await expect(page.getByRole('button', { name: 'Log out' })).toHaveCount(0)
  })

  await test.step('a wrong password keeps the username', async () => {
    await submitLogin(loginForm, username, 'not the password')
    await expect(page.getByRole('alert')).toContainText('wrong')
    await expect(page.getByRole('alert')).toBeFocused()
    await expect(loginForm.getByLabel('Username')).toHaveValue(username)
    await expect(loginForm.getByLabel('Password')).toHaveValue('')
  })

  await test.step('logs in again', async () => {
    await submitLogin(loginForm, username, PASSWORD)
    await expect(page.getByRole('banner')).toContainText('Paula')
    await expect(message).toContainText('Second line')
  })
})

test('the longest name and message fit a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/lite')
  await submitSignUp(page.getByRole('region', { name: 'Sign up' }), uniqueUsername(), 'W'.repeat(80))
  await page.getByLabel('Message', { exact: true }).fill('w'.repeat(2000))
  await page.getByRole('button', { name: 'Post' }).click()
  await expect(page.getByRole('article').first()).toContainText('www')
  const body = (await page.locator('body').boundingBox())!
  for (const element of await page.locator('header, main, article, form, button').all()) {
    const { x, width } = (await element.boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(body.width)
  }
})

test('a user adds a wish once and sees field errors without JavaScript', async ({ page }) => {
  const name = `Kite of ${uniqueUsername()}`
  const wish = page.getByRole('article').filter({ hasText: name })

  await test.step('a guest finds the wishes and the way to the login', async () => {
    await page.goto('/lite')
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Wishes' }).click()
    await expect(page).toHaveURL(/\/lite\/wishes$/)
    await expect(page.getByRole('heading', { level: 1, name: 'Wishes' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Wishes' })).toHaveAttribute('aria-current', 'page')
    await page.getByRole('main').getByRole('link', { name: 'sign up' }).click()
    await submitSignUp(page.getByRole('region', { name: 'Sign up' }), uniqueUsername(), 'Paula')
    await page.getByRole('link', { name: 'Wishes' }).click()
  })

  await test.step('a wrong link keeps the input', async () => {
    await page.getByLabel('Wish', { exact: true }).fill(name)
    await page.getByLabel('Description').fill('First line\nSecond line')
    await page.getByLabel('Link').fill('shop')
    await page.getByRole('button', { name: 'Add' }).click()
    await expect(page.getByText('Use a link that starts with http')).toBeVisible()
    await expect(page.getByLabel('Link')).toBeFocused()
    await expect(page.getByLabel('Wish', { exact: true })).toHaveValue(name)
    await expect(page.getByLabel('Description')).toHaveValue('First line\nSecond line')
  })

  await test.step('a double click and a reload add the wish once', async () => {
    await page.getByLabel('Link').fill('https://shop.example/kite')
    await page.getByRole('button', { name: 'Add' }).dblclick()
    await expect(page).toHaveURL(/\/lite\/wishes$/)
    await expect(wish.getByRole('heading', { name })).toBeVisible()
    await page.reload()
    await expect(wish).toHaveCount(1)
    await expect(wish.locator('br')).toHaveCount(1)
    const link = wish.getByRole('link', { name: 'shop.example' })
    await expect(link).toHaveAttribute('href', 'https://shop.example/kite')
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  })
})

test.describe('in German', () => {
  test.use({ locale: 'de-AT' })

  test('a user reads and posts without JavaScript', async ({ page }) => {
    const text = `Hallo von ${uniqueUsername()}`
    const username = uniqueUsername()
    const signUpForm = page.getByRole('region', { name: 'Registrieren' })
    await page.goto('/lite')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('heading', { level: 1, name: 'Willkommen' })).toBeVisible()

    await test.step('a field error is German', async () => {
      await signUpForm.getByLabel('Benutzername').fill(username)
      await signUpForm.getByLabel('Name', { exact: true }).fill('Paula')
      await signUpForm.getByLabel('Passwort').fill('kurz')
      await signUpForm.getByRole('button', { name: 'Registrieren' }).click()
      await expect(signUpForm.getByText('Verwende mindestens 8 Zeichen.')).toBeVisible()
    })

    await test.step('signs up and posts a message', async () => {
      await signUpForm.getByLabel('Passwort').fill(PASSWORD)
      await signUpForm.getByRole('button', { name: 'Registrieren' }).click()
      await expect(page.getByRole('banner')).toContainText('Angemeldet als Paula')
      await page.getByLabel('Nachricht', { exact: true }).fill(text)
      await page.getByRole('button', { name: 'Senden' }).click()
      await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
    })

    await test.step('adds a wish', async () => {
      await page.getByRole('link', { name: 'Wünsche' }).click()
      await page.getByLabel('Wunsch', { exact: true }).fill(text)
      await page.getByRole('button', { name: 'Hinzufügen' }).click()
      await expect(page.getByRole('heading', { name: text })).toBeVisible()
    })
  })
})

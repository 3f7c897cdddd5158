// `/lite`: the pages for browsers without JavaScript.

import { submitLogin, submitSignUp } from '../support/actions.ts'
import { test, expect } from '../support/fixtures.ts'
import { PASSWORD, uniqueUsername } from '../support/test-data.ts'

test.use({ javaScriptEnabled: false, expectedErrors: ['401'] })

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

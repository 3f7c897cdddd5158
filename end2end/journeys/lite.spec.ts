// The pages for browsers without JavaScript.

import { test, expect } from '../support/fixtures.ts'
import { PASSWORD } from '../support/actions.ts'

test.use({ javaScriptEnabled: false, expected: ['401'] })

test('somebody without JavaScript signs up, posts, leaves and comes back', async ({ page }) => {
  const username = `p-${crypto.randomUUID().slice(0, 13)}`
  const text = `First line\nSecond line (${username})`
  const logIn = page.getByRole('region', { name: 'Log in' })
  const message = page.getByRole('article').filter({ hasText: username }).first()

  await test.step('finds the way from the front page', async () => {
    await page.goto('/')
    await page.getByRole('link', { name: 'The plain pages' }).click()
    await expect(page).toHaveURL(/\/lite$/)
    await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible()
  })

  await test.step('signs up', async () => {
    const form = page.getByRole('region', { name: 'Sign up' })
    await form.getByLabel('Username').fill(username)
    await form.getByLabel('Name', { exact: true }).fill('Paula')
    await form.getByLabel('Password').fill(PASSWORD)
    await form.getByRole('button', { name: 'Sign up' }).click()
    await expect(page).toHaveURL(/\/lite$/)
    await expect(page.getByRole('banner')).toContainText('Paula')
  })

  await test.step('posts, and sees it once, however often the button is pressed or the page reloaded', async () => {
    await page.getByLabel('Message', { exact: true }).fill(text)
    await page.getByRole('button', { name: 'Post' }).dblclick()
    await expect(message).toContainText('Second line')
    await page.reload()
    await expect(page.getByText(`Second line (${username})`)).toHaveCount(1)
    await expect(message.locator('br')).toHaveCount(1)
  })

  await test.step('logs out, and Back shows nothing private', async () => {
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(logIn).toBeVisible()
    await page.goBack()
    await expect(logIn).toBeVisible()
    await expect(page.getByRole('button', { name: 'Log out' })).toHaveCount(0)
  })

  await test.step('logs in again, at the second try', async () => {
    await logIn.getByLabel('Username').fill(username)
    await logIn.getByLabel('Password').fill('not the password')
    await logIn.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('alert')).toContainText('wrong')
    await expect(page.getByRole('alert')).toBeFocused()
    await expect(logIn.getByLabel('Username')).toHaveValue(username)
    await expect(logIn.getByLabel('Password')).toHaveValue('')
    await logIn.getByLabel('Password').fill(PASSWORD)
    await logIn.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('banner')).toContainText('Paula')
    await expect(message).toContainText('Second line')
  })
})

test('no page is wider than a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const username = `p-${crypto.randomUUID().slice(0, 13)}`
  await page.goto('/lite')
  const form = page.getByRole('region', { name: 'Sign up' })
  await form.getByLabel('Username').fill(username)
  await form.getByLabel('Name', { exact: true }).fill('W'.repeat(80))
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('Message', { exact: true }).fill('w'.repeat(2000))
  await page.getByRole('button', { name: 'Post' }).click()
  await expect(page.getByRole('article').first()).toContainText('www')
  const box = await page.locator('body').boundingBox()
  for (const part of await page.locator('header, main, article, form, button').all()) {
    const { x, width } = (await part.boundingBox())!
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(box!.width)
  }
})

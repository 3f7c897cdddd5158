// The way of a newcomer, and of the same person coming back after the server was killed.

import { test, expect } from '../support/fixtures.ts'
import { PASSWORD } from '../support/actions.ts'

test('somebody signs up, posts, leaves, comes back and finds it', async ({ page, server }, { project }) => {
  const text = `Hello from the ${project.name}`
  const bar = page.getByRole('banner')
  const main = page.getByRole('main')
  const heading = page.getByRole('heading', { name: 'Messages', exact: true })
  const newest = page.getByRole('article').first()

  await test.step('a guest signs up', async () => {
    await page.goto('/')
    await expect(heading).toBeVisible()
    await page.getByRole('link', { name: 'Sign up' }).first().click()
    await main.getByLabel('Username').fill(`ada-${project.name}`)
    await main.getByLabel('Name', { exact: true }).fill('Ada Lovelace')
    await main.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await main.getByRole('button', { name: 'Sign up' }).click()
    await expect(heading).toBeVisible()
    await expect(bar.locator('summary')).toContainText('Ada Lovelace')
  })

  await test.step('posts a message', async () => {
    await page.getByRole('button', { name: 'Post a message' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Message').fill(text)
    await dialog.getByRole('button', { name: 'Post', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(newest).toContainText(text)
    await expect(newest).toContainText('Ada Lovelace')
  })

  await test.step('logs out', async () => {
    await bar.locator('summary').click()
    // The page does not wait for the server to know, but a crash before that is another story.
    const told = page.waitForResponse('**/api/logout')
    await bar.getByRole('button', { name: 'Log out' }).click()
    await expect(bar.locator('summary')).toHaveText('Log in')
    await told
  })

  await test.step('a guest still reads it after a crash of the server', async () => {
    await server.killAndRestart()
    await page.reload()
    await expect(newest).toContainText(text)
    await expect(page.getByRole('button', { name: 'Post a message' })).toBeHidden()
  })

  await test.step('logs in again and finds it', async () => {
    await bar.locator('summary').click()
    await bar.getByLabel('Username').fill(`ada-${project.name}`)
    await bar.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await bar.getByRole('button', { name: 'Log in' }).click()
    await expect(bar.locator('summary')).toContainText('Ada Lovelace')
    await expect(newest).toContainText(text)
  })
})

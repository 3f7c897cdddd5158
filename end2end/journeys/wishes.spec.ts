// Wish lists: add, edit, mark as received, delete, sort, share, print.

import { addWish, chooseFromMenu, openApp, reloadApp, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'

test('a user keeps a wish list that a guest can read but not change', async ({ page, otherPage }) => {
  const username = await signUp(page, 'Wilma')
  await chooseFromMenu(page, 'My wishes')
  await expect(page).toHaveURL(new RegExp(`/u/${username}$`))
  await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
  const dialog = page.getByRole('dialog')
  const wish = page.getByRole('article')

  await test.step('adds a wish, after a field error', async () => {
    await page.getByRole('button', { name: 'Add a wish' }).click()
    await dialog.getByLabel('Wish').fill('Bicycle')
    await dialog.getByLabel('Link').fill('javascript:alert(1)')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await expect(dialog.getByLabel('Link')).toHaveAttribute('aria-invalid', 'true')
    await expect(dialog.getByLabel('Link')).toBeFocused()
    await dialog.getByLabel('Link').fill('https://shop.example/bikes?colour=red')
    await dialog.getByLabel('Description').fill('A red one.')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await expect(dialog).toBeHidden()
    await expect(wish).toContainText('Bicycle')
    const link = wish.getByRole('link', { name: 'shop.example' })
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
    await expect(link).toHaveAttribute('href', 'https://shop.example/bikes?colour=red')
  })

  await test.step('edits it', async () => {
    await wish.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByLabel('Wish').fill('Bicycle with a bell')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(wish).toContainText('Bicycle with a bell')
  })

  await test.step('a guest finds the list', async () => {
    await openApp(otherPage, '/wishes')
    await otherPage.getByRole('article').filter({ hasText: 'with a bell' }).getByRole('link', { name: 'Wilma' }).click()
    await expect(otherPage).toHaveURL(new RegExp(`/u/${username}$`))
    await expect(otherPage.getByRole('heading', { name: "\u2068Wilma\u2069's wishes" })).toBeVisible()
    await expect(otherPage.getByRole('article')).toContainText('Bicycle with a bell')
    await expect(otherPage.getByRole('article').getByRole('button')).toHaveCount(0)
  })

  await test.step('marks it as received and deletes it', async () => {
    await wish.getByRole('button', { name: 'Mark as received' }).click()
    await expect(page.locator('summary').filter({ hasText: 'Received (1)' })).toBeFocused()
    await expect(wish).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(wish.getByRole('button', { name: 'Move back to wishes' })).toBeVisible()
    await wish.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(wish).toHaveCount(0)
    await reloadApp(page)
    await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
  })
})

test.describe('the wish list of an unknown user', () => {
  test.use({ expectedErrors: ['404'] })

  test('says that there is no such user', async ({ page }) => {
    await openApp(page, '/u/unknown-user')
    await expect(page.getByRole('heading', { name: 'No such person' })).toBeVisible()
  })
})

test('a wish list can be sorted by name', async ({ page }) => {
  const username = await signUp(page, 'Nadia')
  const api = await ApiClient.ofPage(page)
  for (const name of ['Atlas', 'Kite', 'Zither']) await api.addWish(name)
  await openApp(page, `/u/${username}`)
  const articles = page.getByRole('article')
  const names = articles.getByRole('heading')
  await expect(names).toHaveText(['Zither', 'Kite', 'Atlas'])
  await articles.filter({ hasText: 'Kite' }).getByRole('button', { name: 'Mark as received' }).click()
  await expect(names).toHaveText(['Zither', 'Atlas'])
  await page.getByRole('button', { name: 'Sort by name' }).click()
  await expect(names).toHaveText(['Atlas', 'Zither'])
})

test.describe('a wish list', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('is shared by copying its link, where the system has no share dialog', async ({ page }) => {
    const username = await signUp(page, 'Nadia')
    await chooseFromMenu(page, 'My wishes')
    await addWish(page, 'Atlas')
    await page.evaluate(() => Object.defineProperty(navigator, 'share', { value: undefined }))
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByText('Link copied.')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`/u/${username}`)
  })

  test('does not move when a notice appears, and the notice disappears by itself', async ({ page }) => {
    await page.clock.install()
    await signUp(page, 'Nadia')
    await chooseFromMenu(page, 'My wishes')
    await addWish(page, 'Atlas')
    await page.evaluate(() => Object.defineProperty(navigator, 'share', { value: undefined }))
    const wish = page.getByRole('article')
    const before = await wish.boundingBox()
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByText('Link copied.')).toBeInViewport()
    expect(await wish.boundingBox()).toEqual(before)
    await page.clock.fastForward('00:11')
    await expect(page.getByText('Link copied.')).toBeHidden()
  })
})

test('a printed wish list has the open wishes, without the received ones and the controls', async ({ page }) => {
  await signUp(page, 'Nadia')
  await chooseFromMenu(page, 'My wishes')
  await addWish(page, 'Atlas')
  await addWish(page, 'Kite')
  const articles = page.getByRole('article')
  await articles.filter({ hasText: 'Kite' }).getByRole('button', { name: 'Mark as received' }).click()
  await expect(page.getByText('Received (1)')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Atlas')).toBeVisible()
  await expect(page.getByText('Received (1)')).toBeHidden()
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
})

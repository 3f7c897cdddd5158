// A wish from its first mention until it comes true.

import { test, expect } from '../support/fixtures.ts'
import { choose, signUp } from '../support/actions.ts'

test('somebody keeps a wish list that everybody can read', async ({ page, browser, baseURL }) => {
  const username = await signUp(page, 'Wilma')
  await choose(page, 'My wishes')
  await expect(page).toHaveURL(new RegExp(`/u/${username}$`))
  await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()

  const dialog = page.getByRole('dialog')
  const wish = page.getByRole('article')
  await test.step('adds one, after a mistake', async () => {
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

  await test.step('changes it', async () => {
    await wish.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByLabel('Wish').fill('Bicycle with a bell')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(wish).toContainText('Bicycle with a bell')
  })

  await test.step('is found by a guest', async () => {
    const guest = await browser.newPage({ baseURL })
    await guest.goto('/wishes')
    await guest.getByRole('article').filter({ hasText: 'with a bell' }).getByRole('link', { name: 'Wilma' }).click()
    await expect(guest).toHaveURL(new RegExp(`/u/${username}$`))
    await expect(guest.getByRole('heading', { name: 'Wishes of \u2068Wilma\u2069' })).toBeVisible()
    await expect(guest.getByRole('article').getByRole('button')).toHaveCount(0)
    await guest.close()
  })

  await test.step('marks it as received, and takes it off the list', async () => {
    await wish.getByRole('button', { name: 'Mark as received' }).click()
    const fold = page.getByText('Received (1)')
    await expect(fold).toBeFocused()
    await expect(wish).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(wish.getByRole('button', { name: 'Not received yet' })).toBeVisible()
    await wish.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(wish).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'No wishes yet' })).toBeVisible()
  })
})

test.describe('a list of nobody', () => {
  test.use({ expected: ['404'] })

  test('says so', async ({ page }) => {
    await page.goto('/u/nobody-at-all')
    await expect(page.getByRole('heading', { name: 'There is nobody of this name' })).toBeVisible()
  })
})

test.describe('a list with some wishes', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('is sorted, shared by its link, and printed without what came true', async ({ page }) => {
    const username = await signUp(page, 'Nadia')
    const token = await page.evaluate(() => JSON.parse(localStorage.getItem('wishboard.session') ?? '{}').token)
    for (const name of ['Zither', 'Atlas', 'Kite']) {
      const headers = { authorization: `Bearer ${token}` }
      await page.request.post('/api/wishes', { headers, data: { name, url: 'https://shop.example/1' } })
    }
    await page.goto(`/u/${username}`)
    const names = page.getByRole('article').getByRole('heading')
    await expect(names).toHaveText(['Kite', 'Atlas', 'Zither'])
    await page.getByRole('article').filter({ hasText: 'Kite' }).getByRole('button', { name: 'Mark as received' }).click()
    await expect(names).toHaveText(['Atlas', 'Zither'])
    await page.getByRole('button', { name: 'Sort by name' }).click()
    await expect(names).toHaveText(['Atlas', 'Zither'])

    await test.step('its link is copied where the system has no dialog for that', async () => {
      await page.evaluate(() => Object.defineProperty(navigator, 'share', { value: undefined }))
      await page.getByRole('button', { name: 'Share' }).click()
      await expect(page.getByText('The link is copied.')).toBeVisible()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`/u/${username}`)
    })

    await test.step('on paper there are wishes and where to find them', async () => {
      await page.emulateMedia({ media: 'print' })
      await expect(page.getByText('Atlas')).toBeVisible()
      await expect(page.getByText('Received (1)')).toBeHidden()
      await expect(page.getByRole('banner')).toBeHidden()
      await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
    })
  })
})

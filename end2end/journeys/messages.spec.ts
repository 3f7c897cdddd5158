// Messages after they were posted: edited, changed elsewhere, deleted, and posted once whatever happens.

import { test, expect } from '../support/fixtures.ts'
import { choose, post, signUp } from '../support/actions.ts'

test('the author edits and deletes a message', async ({ page }) => {
  await signUp(page, 'Edith')
  const text = `Meet at nine (${crypto.randomUUID()})`
  await post(page, text)
  const article = page.getByRole('article').filter({ hasText: text.slice(-20) })

  await article.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(text)
  await dialog.getByRole('textbox', { name: 'Message' }).fill(text.replace('nine', 'ten'))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(article).toContainText('Meet at ten')
  await expect(article).toContainText('edited')

  await article.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(article).toBeVisible()
  await article.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(article).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible()
  await expect(article).toBeHidden()
})

test('nobody edits what somebody else wrote', async ({ page, browser, baseURL }) => {
  await signUp(page, 'Otto')
  const text = `Mine (${crypto.randomUUID()})`
  await post(page, text)
  const other = await browser.newPage({ baseURL })
  await signUp(other, 'Paula')
  const article = other.getByRole('article').filter({ hasText: text })
  await expect(article).toBeVisible()
  await expect(article.getByRole('button')).toHaveCount(0)
  await other.close()
})

test.describe('of a change made elsewhere', () => {
  test.use({ expected: ['412'] })

  test('both texts are at hand, and saving again works', async ({ page, context }) => {
    await signUp(page, 'Wanda')
    const id = crypto.randomUUID()
    await post(page, `first ${id}`)
    const elsewhere = await context.newPage()
    await elsewhere.goto('/')
    for (const tab of [page, elsewhere]) {
      await tab.getByRole('article').filter({ hasText: id }).getByRole('button', { name: 'Edit' }).click()
    }
    const save = async (tab: typeof page, text: string) => {
      await tab.getByRole('dialog').getByRole('textbox', { name: 'Message' }).fill(text)
      await tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    }
    await save(elsewhere, `theirs ${id}`)
    await expect(elsewhere.getByRole('dialog')).toBeHidden()
    await save(page, `mine ${id}`)
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(`theirs ${id}`)
    await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(`mine ${id}`)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('article').filter({ hasText: id })).toContainText(`mine ${id}`)
  })
})

test.describe('when an answer is lost', () => {
  test.use({ expected: ['net::ERR_FAILED'] })

  test('trying again posts the message once', async ({ page }) => {
    await signUp(page, 'Luis')
    const text = `Only once (${crypto.randomUUID()})`
    let lost = false
    await page.route('**/api/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost) return route.fallback()
      lost = true
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: 'Post a message' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Message' }).fill(text)
    await dialog.getByRole('button', { name: 'Post', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('online')
    await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(text)
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await expect(dialog).toBeHidden()
    await page.reload()
    await expect(page.getByRole('article').filter({ hasText: text })).toHaveCount(1)
  })
})

test('older messages come on demand, each once', async ({ page }) => {
  await signUp(page, 'Marathon')
  const token = await page.evaluate(() => JSON.parse(localStorage.getItem('wishboard.session') ?? '{}').token)
  for (let number = 0; number < 25; number++) {
    const headers = { authorization: `Bearer ${token}` }
    await page.request.post('/api/messages', { headers, data: { body: `message ${number}` } })
  }
  await page.reload()
  await expect(page.getByRole('article')).toHaveCount(20)
  await page.getByRole('button', { name: 'Older messages' }).click()
  await expect(page.getByText('message 0', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('message 24', { exact: true })).toHaveCount(1)
})

test('another page and another person begin with nothing open', async ({ page, context }) => {
  await signUp(page, 'Anna')
  await page.getByRole('link', { name: 'Wishes', exact: true }).click()
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await page.getByRole('button', { name: 'Post a message' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Message' }).fill('for Anna only')
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Wishes', exact: true })).toBeVisible()
  await expect(dialog).toBeHidden()

  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  await page.getByRole('button', { name: 'Post a message' }).click()
  await dialog.getByRole('textbox', { name: 'Message' }).fill('for Anna only')
  const elsewhere = await context.newPage()
  await elsewhere.goto('/')
  await choose(elsewhere, 'Log out')
  await signUp(elsewhere, 'Berta')
  await expect(page.getByRole('status').filter({ hasText: 'Berta' })).toBeVisible()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Post a message' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue('')
})

// How posts look: their authors, links, long texts and directions.

import { chooseFromMenu, openApp, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

test('posts and lists show the username next to the display name', async ({ page, request }) => {
  const author = await ApiClient.signUp(request, 'Same name')
  const text = uniqueText('Which of the two')
  await author.postMessage(text)
  await author.addWish(text)
  for (const path of ['/', '/wishes']) {
    await openApp(page, path)
    await expect(page.getByRole('article').filter({ hasText: text })).toContainText(`@${author.username}`)
  }
  await openApp(page, `/u/${author.username}`)
  await expect(page.locator('.list-owner')).toHaveText(`Same name @${author.username}`)
})

test('a printed list names its owner', async ({ page }) => {
  const username = await signUp(page, 'Nadia Petrova')
  await chooseFromMenu(page, 'My wishes')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(`Nadia Petrova @${username}`)).toBeVisible()
})

test('a long message shows its first lines until the user unfolds it', async ({ page, request }) => {
  const author = await ApiClient.signUp(request, 'Tolstoy')
  const text = uniqueText('War and peace')
  await author.postMessage(text + '\nline'.repeat(30) + '\nThe end')
  await openApp(page, '/')
  const article = page.getByRole('article').filter({ hasText: text })
  const height = async () => (await article.locator('.post-text').boundingBox())!.height
  const folded = await height()
  await article.getByRole('button', { name: 'Show more' }).click()
  expect(await height()).toBeGreaterThan(2.5 * folded)
  await article.getByRole('button', { name: 'Show less' }).press('Enter')
  expect(await height()).toBe(folded)
})

test('each part of a wish is aligned by its own direction', async ({ page, request }) => {
  const owner = await ApiClient.signUp(request, 'Dana')
  await owner.addWish('دراجة هوائية', { description: 'A bicycle' })
  await openApp(page, `/u/${owner.username}`)
  const article = page.getByRole('article')
  // The text ends where its box ends, on the right.
  const distances = await article.evaluate((article) => {
    const distance = (selector: string) => {
      const element = article.querySelector(selector)!
      const range = document.createRange()
      range.selectNodeContents(element)
      const [box, text] = [article.getBoundingClientRect(), range.getBoundingClientRect()]
      return { left: text.left - box.left, right: box.right - text.right }
    }
    return { name: distance('.wish-name'), description: distance('.post-text') }
  })
  expect(distances.name.right).toBeLessThan(40)
  expect(distances.description.left).toBeLessThan(40)
})

test('a list says that everything on it has been received', async ({ page, request }) => {
  const owner = await ApiClient.signUp(request, 'Joy')
  await owner.addReceivedWish('Kite')
  await openApp(page, `/u/${owner.username}`)
  await expect(page.getByText('Everything on this list has been received.')).toBeVisible()
  await owner.addWish('Atlas')
  await page.reload()
  await expect(page.getByText('Atlas')).toBeVisible()
  await expect(page.getByText('Everything on this list has been received.')).toBeHidden()
})

test.describe('offline', () => {
  test.use({ expectedErrors: ['net::ERR_INTERNET_DISCONNECTED', 'Failed to fetch'] })

  test('a list that was never loaded says so when the browser is offline', async ({ page, context }) => {
    await openApp(page, '/')
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Wishes', exact: true }).click()
    await expect(page.getByText("You're offline. This list has not been loaded yet.")).toBeVisible()
    await context.setOffline(false)
  })
})

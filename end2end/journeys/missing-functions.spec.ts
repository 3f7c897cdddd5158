// Browsers in which a function is missing or fails.

import { expectListLoaded, openApp, postMessage, reloadApp, signUp } from '../support/actions.ts'
import { ApiClient } from '../support/api-client.ts'
import { test, expect } from '../support/fixtures.ts'
import { uniqueText } from '../support/test-data.ts'

test('a user posts in a browser without randomUUID, as on a page without https', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'))
  await signUp(page, 'Una')
  const text = uniqueText('Without a UUID')
  await postMessage(page, text)
  await reloadApp(page)
  await expect(page.getByText(text)).toHaveCount(1)
})

test('a user posts in a browser without cryptography', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
    Crypto.prototype.getRandomValues = () => {
      throw new Error('no cryptography')
    }
  })
  await signUp(page, 'Ned')
  await postMessage(page, uniqueText('Without cryptography'))
})

test('lists load in a browser without AbortSignal.timeout', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(AbortSignal, 'timeout'))
  await signUp(page, 'Saffron')
  await postMessage(page, uniqueText('Without a timeout'))
  await reloadApp(page)
  await expectListLoaded(page, 'Messages')
})

test('the page appears although the browser reports an invalid language', async ({ page, request }) => {
  const author = await ApiClient.signUp(request, 'Pat')
  const text = uniqueText('In an invalid locale')
  await author.postMessage(text)
  await page.addInitScript(() => Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] }))
  await openApp(page, '/')
  await expect(page.getByText(text)).toBeVisible()
})

test('links work although the history cannot be changed', async ({ page }) => {
  await page.addInitScript(() => {
    history.pushState = () => {
      throw new DOMException('too many calls', 'SecurityError')
    }
  })
  await openApp(page, '/')
  await page.getByRole('link', { name: 'Wishes' }).click()
  await expectListLoaded(page, 'Wishes')
})

test('a user learns that the link of a list could not be copied', async ({ page, request }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined })
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } })
  })
  const owner = await ApiClient.signUp(request, 'Cleo')
  await owner.addWish('A clipboard')
  await openApp(page, `/u/${owner.username}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText("The link can't be copied here.")).toBeVisible()
})

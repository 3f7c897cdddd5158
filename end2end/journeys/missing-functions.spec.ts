// Browsers in which a function is missing or fails.

import type { Page } from '@playwright/test'
import {
  expectListLoaded,
  menuButton,
  messageField,
  openApp,
  openMessageEditor,
  postMessage,
  reloadApp,
  signUp,
  submitMessage,
} from '../support/actions.ts'
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

test('Share copies the link if the share dialog cannot be opened', async ({ page, request }) => {
  await page.addInitScript(() => {
    const share = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    Object.defineProperty(navigator, 'share', { value: share })
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.resolve() } })
  })
  const owner = await ApiClient.signUp(request, 'Cleo')
  await owner.addWish('A share dialog')
  await openApp(page, `/u/${owner.username}`)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('Link copied.')).toBeVisible()
})

test('dialogs open and close in a browser that does not have their functions', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal')
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'close')
  })
  await signUp(page, 'Dee')
  const text = uniqueText('Without dialogs')
  await postMessage(page, text)
  const article = page.getByRole('article').filter({ hasText: text })
  await article.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(article).toHaveCount(0)
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the password can be shown although an extension adds an element to its field', async ({ page }) => {
  await openApp(page, '/signup')
  const password = page.getByRole('main').getByLabel('Password', { exact: true })
  await password.evaluate((input) => input.after(document.createElement('span')))
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password).toHaveAttribute('type', 'text')
})

test('the login form works with autofill, which dispatches an event without a key', async ({ page }) => {
  await openApp(page, '/')
  await menuButton(page).click()
  const username = page.getByRole('banner').getByLabel('Username')
  await username.evaluate((input) => input.dispatchEvent(new Event('keydown', { bubbles: true })))
  await expect(username).toBeVisible()
})

test.describe('if a function fails', () => {
  test.use({ expectedErrors: ['blocked by an extension'] })

  test('the form shows an error, and its button works again', async ({ page }) => {
    await signUp(page, 'Frida')
    await openMessageEditor(page)
    await messageField(page).fill(uniqueText('Without fetch'))
    await page.evaluate(() => {
      const { fetch } = globalThis
      globalThis.fetch = () => {
        globalThis.fetch = fetch
        throw new Error('blocked by an extension')
      }
    })
    await submitMessage(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  test('while the app starts, the page says so, and Retry loads it', async ({ page }) => {
    await page.addInitScript(() => {
      if (sessionStorage.getItem('works')) return
      sessionStorage.setItem('works', 'true')
      Document.prototype.createComment = () => {
        throw new Error('blocked by an extension')
      }
    })
    await page.goto('/')
    await expectErrorPage(page)
  })

  test('after the app has started, the page says so, and Retry loads it', async ({ page }) => {
    await signUp(page, 'Lars')
    await openMessageEditor(page)
    const text = uniqueText('Typed before the error')
    await messageField(page).fill(text)
    await page.evaluate(() => {
      Document.prototype.createTextNode = () => {
        throw new Error('blocked by an extension')
      }
    })
    await submitMessage(page)
    await expectErrorPage(page)
    await openMessageEditor(page)
    await expect(messageField(page)).toHaveValue(text)
  })

  test('an error of an extension does not stop the app', async ({ page }) => {
    await openApp(page, '/')
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('blocked by an extension')
      })
    })
    await page.getByRole('link', { name: 'Wishes' }).click()
    await expectListLoaded(page, 'Wishes')
  })
})

/** Expects the error of the app that has stopped, and loads the page again. */
async function expectErrorPage(page: Page): Promise<void> {
  await expect(page.getByRole('alert')).toContainText("doesn't work right now")
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready')
  await expectListLoaded(page, 'Messages')
}

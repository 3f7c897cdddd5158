// A second client of the API. Tests use it to prepare data and to make changes outside the page.

import { expect, type APIRequestContext, type APIResponse, type Page } from '@playwright/test'
import { PASSWORD, uniqueUsername } from './test-data.ts'
import { accessToken } from './web-storage.ts'
// `cargo xtask test end2end` generates the types from docs/openapi.json.
import type { components } from './api-types.d.ts'

type Schemas = components['schemas']

/** The API, called by one user. Every method fails the test if the API answers with an error. */
export class ApiClient {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
    readonly username: string,
  ) {}

  /** Acts as the user who is logged in on this page. */
  static async ofPage(page: Page): Promise<ApiClient> {
    const token = await accessToken(page)
    const user = await bodyOf<Schemas['User']>(await page.request.get('/api/me', { headers: { authorization: `Bearer ${token}` } }))
    return new ApiClient(page.request, token, user.username)
  }

  /** Signs up a new user and acts as that user. */
  static async signUp(request: APIRequestContext, name: string): Promise<ApiClient> {
    const data: Schemas['SignUpRequest'] = { username: uniqueUsername(), password: PASSWORD, name }
    const { token } = await bodyOf<Schemas['TokenResponse']>(await request.post('/api/signup', { data }))
    return new ApiClient(request, token, data.username)
  }

  async postMessage(body: string): Promise<void> {
    const data: Schemas['NewMessage'] = { body }
    await bodyOf(await this.request.post('/api/messages', { headers: this.headers(), data }))
  }

  /** Replaces the text of a message; fails if the newest page of messages does not contain it. */
  async editMessage(body: string, newBody: string): Promise<void> {
    const { messages } = await bodyOf<Schemas['MessagePage']>(await this.request.get('/api/messages'))
    const message = messages.find((message) => message.body === body)
    if (!message) throw new Error(`no recent message has the text "${body}"`)
    const headers = { ...this.headers(), 'if-match': `"${message.version}"` }
    await bodyOf(await this.request.patch(`/api/messages/${message.id}`, { headers, data: { body: newBody } }))
  }

  async addWish(name: string, details: { description?: string; url?: string } = {}): Promise<void> {
    await this.createWish({ name, url: 'https://shop.example/1', ...details })
  }

  /** Adds a wish and marks it as received. */
  async addReceivedWish(name: string): Promise<void> {
    const { id } = await this.createWish({ name })
    const headers = { ...this.headers(), 'if-match': '"1"' }
    await bodyOf(await this.request.patch(`/api/wishes/${id}`, { headers, data: { received: true } }))
  }

  private async createWish(data: Schemas['NewWish']): Promise<Schemas['Wish']> {
    return bodyOf(await this.request.post('/api/wishes', { headers: this.headers(), data }))
  }

  private headers() {
    return { authorization: `Bearer ${this.token}` }
  }
}

async function bodyOf<T>(response: APIResponse): Promise<T> {
  expect(response.ok(), `${response.url()} answered ${response.status()}`).toBe(true)
  return response.json()
}

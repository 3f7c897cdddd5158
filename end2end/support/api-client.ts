// A second client of the API. Tests use it to prepare data and to make changes outside the page.

import { expect, type APIRequestContext, type APIResponse, type Page } from '@playwright/test'
import { PASSWORD, uniqueUsername } from './test-data.ts'
import { accessToken } from './web-storage.ts'

type Message = { id: string; version: number; body: string }

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
    const user = await bodyOf(await page.request.get('/api/me', { headers: { authorization: `Bearer ${token}` } }))
    return new ApiClient(page.request, token, user.username)
  }

  /** Signs up a new user and acts as that user. */
  static async signUp(request: APIRequestContext, name: string): Promise<ApiClient> {
    const data = { username: uniqueUsername(), password: PASSWORD, name }
    const { token } = await bodyOf(await request.post('/api/signup', { data }))
    return new ApiClient(request, token, data.username)
  }

  async postMessage(body: string): Promise<void> {
    await bodyOf(await this.request.post('/api/messages', { headers: this.headers(), data: { body } }))
  }

  /** Replaces the text of a message; fails if the newest page of messages does not contain it. */
  async editMessage(body: string, newBody: string): Promise<void> {
    const { messages } = await bodyOf(await this.request.get('/api/messages'))
    const message: Message | undefined = messages.find((message: Message) => message.body === body)
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

  private async createWish(data: object): Promise<{ id: string }> {
    return bodyOf(await this.request.post('/api/wishes', { headers: this.headers(), data }))
  }

  private headers() {
    return { authorization: `Bearer ${this.token}` }
  }
}

async function bodyOf(response: APIResponse) {
  expect(response.ok(), `${response.url()} answered ${response.status()}`).toBe(true)
  return response.json()
}

// Firefox, driven by Puppeteer over WebDriver BiDi.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import type { Driver, PageFunction } from './driver.ts'

/** The type of a function for Puppeteer, whose own types do not accept a function with generic arguments. */
type UntypedFunction = (...args: unknown[]) => unknown

export class Firefox implements Driver {
  private constructor(
    private readonly home: string,
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  /** Starts the program in `FIREFOX`. */
  static async start(): Promise<Firefox> {
    // Firefox does not start as root if another user owns HOME.
    const home = await mkdtemp(join(tmpdir(), 'wishboard-firefox-'))
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: process.env.FIREFOX,
      env: { ...process.env, HOME: home },
      extraPrefsFirefox: { 'intl.accept_languages': 'en-GB' },
    })
    const [page] = await browser.pages()
    return new Firefox(home, browser, page)
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url)
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  async evaluate<Args extends unknown[], Result>(
    pageFunction: PageFunction<Args, Result>,
    ...args: Args
  ): Promise<Result> {
    return (await this.page.evaluate(pageFunction as UntypedFunction, ...args)) as Result
  }

  async click<Args extends unknown[]>(find: PageFunction<Args, Element | null>, ...args: Args): Promise<void> {
    const element = (await this.page.evaluateHandle(find as UntypedFunction, ...args)).asElement()
    if (!element) throw new Error(`the page has no visible element ${JSON.stringify(args)}`)
    await (element as ElementHandle<Element>).click()
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  async close(): Promise<void> {
    await this.browser.close()
    await rm(this.home, { recursive: true })
  }
}

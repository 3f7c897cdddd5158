// WebKitGTK, driven over WebDriver (https://www.w3.org/TR/webdriver2/). The browser is WebKitGTK's MiniBrowser.
// WebKitGTK has no headless mode, so its window is on the display of an X server without a screen, Xvfb.

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { BackgroundProcess, PROCESS_TIMEOUT } from './background-process.ts'
import type { Driver, PageFunction } from './driver.ts'

/** How long the driver may take to answer, in milliseconds. */
const COMMAND_TIMEOUT = 30_000
/** The property that marks a reference to an element in JSON (section 12.2 of the standard). */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf'

type ElementReference = { [ELEMENT_KEY]: string }

export class WebKit implements Driver {
  private constructor(
    private readonly home: string,
    private readonly programs: BackgroundProcess[],
    private readonly session: string,
  ) {}

  /** Starts the programs in `XVFB` and `WEBKIT_DRIVER`; the latter starts the browser. */
  static async start(): Promise<WebKit> {
    const home = await mkdtemp(join(tmpdir(), 'wishboard-webkit-'))
    const programs: BackgroundProcess[] = []
    try {
      const xvfbArgs = ['-displayfd', '1', '-nolisten', 'tcp']
      const xvfb = await BackgroundProcess.start(process.env.XVFB!, xvfbArgs, process.env)
      programs.push(xvfb)
      const env = {
        ...process.env,
        HOME: home,
        DISPLAY: `:${await xvfb.firstOutput()}`,
        LC_ALL: 'C.UTF-8',
        // Without a graphics card, drawing with OpenGL is slower than drawing without it.
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      }
      const port = await findFreePort()
      const driverArgs = ['--host=127.0.0.1', `--port=${port}`]
      programs.push(await BackgroundProcess.start(process.env.WEBKIT_DRIVER!, driverArgs, env))
      return new WebKit(home, programs, await createSession(`http://127.0.0.1:${port}`))
    } catch (error) {
      await stop(programs, home)
      throw error
    }
  }

  async goto(url: string): Promise<void> {
    await this.post('url', { url })
  }

  async reload(): Promise<void> {
    await this.post('refresh', {})
  }

  async evaluate<Args extends unknown[], Result>(
    pageFunction: PageFunction<Args, Result>,
    ...args: Args
  ): Promise<Result> {
    const script = `return (${pageFunction}).apply(null, arguments)`
    return (await this.post('execute/sync', { script, args })) as Result
  }

  async click<Args extends unknown[]>(find: PageFunction<Args, Element | null>, ...args: Args): Promise<void> {
    const element = (await this.evaluate(find, ...args)) as ElementReference | null
    if (!element) throw new Error(`the page has no visible element ${JSON.stringify(args)}`)
    await this.post(`element/${element[ELEMENT_KEY]}/click`, {})
  }

  async type(text: string): Promise<void> {
    const element = (await request('GET', `${this.session}/element/active`)) as ElementReference
    await this.post(`element/${element[ELEMENT_KEY]}/value`, { text })
  }

  async close(): Promise<void> {
    try {
      await request('DELETE', this.session)
    } finally {
      await stop(this.programs, this.home)
    }
  }

  private async post(path: string, body: object): Promise<unknown> {
    return request('POST', `${this.session}/${path}`, body)
  }
}

/** Waits until the driver listens, opens the browser and returns the URL of its session. */
async function createSession(driver: string): Promise<string> {
  await expect(() => request('GET', `${driver}/status`)).toPass({ timeout: PROCESS_TIMEOUT })
  const { sessionId } = (await request('POST', `${driver}/session`, { capabilities: {} })) as { sessionId: string }
  return `${driver}/session/${sessionId}`
}

/** Sends a command and returns its result. */
async function request(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(COMMAND_TIMEOUT),
  })
  const { value } = (await response.json()) as { value: unknown }
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string }
    throw new Error(`WebKitWebDriver answered "${error}": ${message}`)
  }
  return value
}

async function findFreePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return port
}

async function stop(programs: BackgroundProcess[], home: string): Promise<void> {
  // The browser ends before its display.
  for (const program of [...programs].reverse()) await program.stop()
  await rm(home, { recursive: true })
}

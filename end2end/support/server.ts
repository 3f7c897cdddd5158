// The real server with a database of its own, started and killed as a machine would.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = resolve(import.meta.dirname, '../..')
const PROGRAM = process.env.SERVER ?? join(ROOT, 'target/debug/local')
const SITE = process.env.SITE ?? join(ROOT, 'dist')

export class Server {
  private constructor(
    private readonly data: string,
    private process: ChildProcess,
    private readonly flags: string[],
    /** Where it is, without a slash at the end. */
    readonly url: string,
  ) {}

  /** A new server on any free port, its data empty; with `--demo`, some people, messages and wishes. */
  static async start(...flags: string[]): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'wishboard-'))
    const [process, url] = await run(data, '127.0.0.1:0', flags)
    return new Server(data, process, flags, url)
  }

  /** Kills it, without a chance to tidy up, and starts it again at the same place with the same data. */
  async killAndRestart(): Promise<void> {
    await this.kill()
    const [process] = await run(this.data, new URL(this.url).host, this.flags)
    this.process = process
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.kill()
    await rm(this.data, { recursive: true })
  }

  private async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) {
      throw new Error('the server had ended before it was told to')
    }
    const ended = once(this.process, 'exit')
    this.process.kill('SIGKILL')
    await ended
  }
}

/** Starts a process and waits until it listens. */
async function run(data: string, address: string, flags: string[]): Promise<[ChildProcess, string]> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('WISHBOARD_'))
  const env = {
    RUST_LOG: 'warn',
    ...Object.fromEntries(own),
    WISHBOARD_ADDR: address,
    WISHBOARD_DATA: data,
    WISHBOARD_SITE: SITE,
  }
  const server = spawn(PROGRAM, flags, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const mine = () => server.kill('SIGKILL')
  process.once('exit', mine)
  server.once('exit', () => process.off('exit', mine))

  const lines = createInterface({ input: server.stdout })
  const url = await new Promise<string>((found, failed) => {
    lines.on('line', (line) => {
      const url = line.match(/listening on (http:\/\/\S+)/)?.[1]
      if (url) found(url)
    })
    server.once('error', failed)
    server.once('exit', (code) => failed(new Error(`the server ended (${code}) before it listened`)))
  })
  return [server, url]
}

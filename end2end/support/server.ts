// The local server with a data folder of its own. Tests end it with SIGKILL, which is like a crash.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = resolve(import.meta.dirname, '../..')
const PROGRAM = process.env.SERVER ?? join(ROOT, 'target/debug/local')
const SITE = process.env.SITE ?? join(ROOT, 'dist')

/** How long the server may take to start or to end, in milliseconds. */
const SERVER_TIMEOUT = 30_000

export class Server {
  private constructor(
    private readonly dataFolder: string,
    private process: ChildProcess,
    private readonly flags: string[],
    /** Its origin, without a trailing slash. */
    readonly url: string,
  ) {}

  /** Starts a server without data, on a free port. The flag `--demo` adds sample users, messages and wishes. */
  static async start(...flags: string[]): Promise<Server> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'wishboard-'))
    const [process, url] = await startProcess(dataFolder, '127.0.0.1:0', flags)
    return new Server(dataFolder, process, flags, url)
  }

  /** Kills the server and starts it again, with the same port and data. */
  async killAndRestart(): Promise<void> {
    await this.kill()
    const [process] = await startProcess(this.dataFolder, new URL(this.url).host, this.flags)
    this.process = process
  }

  /** Kills the server and removes its data. */
  async stop(): Promise<void> {
    await this.kill()
    await rm(this.dataFolder, { recursive: true })
  }

  private async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) {
      throw new Error('the server ended before the test stopped it')
    }
    const exited = once(this.process, 'exit', { signal: AbortSignal.timeout(SERVER_TIMEOUT) })
    this.process.kill('SIGKILL')
    await exited
  }
}

/** Starts the process and waits until it listens. Returns the process and its origin. */
async function startProcess(
  dataFolder: string,
  address: string,
  flags: string[],
): Promise<[ChildProcess, string]> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WISHBOARD_'))
  const env = {
    RUST_LOG: 'warn',
    ...Object.fromEntries(inherited),
    WISHBOARD_ADDR: address,
    WISHBOARD_DATA: dataFolder,
    WISHBOARD_SITE: SITE,
  }
  const server = spawn(PROGRAM, flags, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = () => server.kill('SIGKILL')
  process.once('exit', kill)
  server.once('exit', () => process.off('exit', kill))
  try {
    return [server, await listeningUrl(server)]
  } catch (error) {
    kill()
    throw error
  }
}

async function listeningUrl(server: ChildProcess): Promise<string> {
  const deadline = AbortSignal.timeout(SERVER_TIMEOUT)
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stdout! }).on('line', (line) => {
      const url = line.match(/listening on (http:\/\/\S+)/)?.[1]
      if (url) resolve(url)
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`the server ended with status ${code} before it listened`)))
    deadline.addEventListener('abort', () => {
      reject(new Error(`the server did not listen within ${SERVER_TIMEOUT / 1000} seconds`))
    })
  })
}

// A program that runs in the background during a test, with the processes that it starts itself: the X server and the
// WebDriver server of WebKitGTK.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** How long a program may take to start or to end, in milliseconds. */
export const PROCESS_TIMEOUT = 30_000

export class BackgroundProcess {
  private constructor(private readonly process: ChildProcess) {}

  /** Starts a program in a process group of its own. */
  static async start(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<BackgroundProcess> {
    const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
    const program = new BackgroundProcess(child)
    const kill = () => program.kill('SIGKILL')
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    await once(child, 'spawn')
    return program
  }

  /** Waits for the first output of the program. */
  async firstOutput(): Promise<string> {
    const deadline = { signal: AbortSignal.timeout(PROCESS_TIMEOUT) }
    const exited = once(this.process, 'exit', deadline).then(([code]) => {
      throw new Error(`${this.process.spawnfile} ended with status ${code} before it was ready`)
    })
    const [output] = await Promise.race([once(this.process.stdout!, 'data', deadline), exited])
    return String(output).trim()
  }

  /** Ends the process group. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const exited = once(this.process, 'exit', { signal: AbortSignal.timeout(PROCESS_TIMEOUT) })
    this.kill('SIGTERM')
    await exited
  }

  private kill(signal: NodeJS.Signals): void {
    process.kill(-this.process.pid!, signal)
  }
}

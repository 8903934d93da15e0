import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, renameSync } from 'node:fs'
import type { DataFolder } from './data-folder'
import { endProcess, killProcess, type StopSignal } from './end-process'
import { LocalServicesError } from './local-services.errors.cjs'
import { identify, isRunning, type ProcessIdentity } from './process-identity'
import { waitUntil } from './wait-until'

export interface ProcessSpec {
  /** Names its pid file. */
  service: string
  command: string
  args: readonly string[]
  logFile: string
  env?: NodeJS.ProcessEnv
  /** Asks it to end in good order. */
  stopSignal: StopSignal
}

/**
 * A service that we started. It has a session of its own, so Ctrl-C in the terminal reaches only the starter, which
 * then stops the services in order. It never outlives the starter: see `guard`.
 */
export class SupervisedProcess {
  private constructor(
    private readonly folder: DataFolder,
    private readonly spec: ProcessSpec,
    readonly identity: ProcessIdentity,
    private readonly guardian: ChildProcess,
  ) {}

  static start(folder: DataFolder, spec: ProcessSpec): SupervisedProcess {
    const log = openLog(spec.logFile)
    const child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: spec.env ?? process.env,
    })
    closeSync(log)
    child.on('error', () => undefined)
    child.unref()
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    if (!identity) throw new LocalServicesError(`${spec.service} did not start; see ${spec.logFile}`)
    folder.recordProcess(spec.service, identity)
    return new SupervisedProcess(folder, spec, identity, guard(identity, spec.stopSignal))
  }

  get isRunning(): boolean {
    return isRunning(this.identity)
  }

  /** Waits until the service is of use. @throws LocalServicesError if it ends before or takes too long */
  async untilReady(isReady: () => Promise<boolean>, withinMs: number): Promise<void> {
    const isSettled = await waitUntil(async () => !this.isRunning || (await isReady()), { withinMs })
    if (isSettled && this.isRunning) return
    const what = isSettled ? 'ended at once' : `was not ready within ${withinMs / 1000} s`
    await this.kill()
    throw new LocalServicesError(`${this.spec.service} ${what}; see ${this.spec.logFile}`)
  }

  /** Ends it in good order, and by force if it does not end. */
  async stop(): Promise<void> {
    await endProcess(this.identity, this.spec.stopSignal)
    this.leave()
  }

  /** SIGKILL to it and its children, as if the machine had lost them. Resolves once they are gone. */
  async kill(): Promise<void> {
    await killProcess(this.identity)
    this.leave()
  }

  private leave(): void {
    this.guardian.stdin?.end('release\n')
    this.folder.forgetProcess(this.spec.service)
  }
}

function openLog(file: string): number {
  if (existsSync(file)) renameSync(file, `${file}.previous`)
  return openSync(file, 'a', 0o600)
}

/**
 * A shell that reads from a pipe which only the starter holds open. When the starter ends, in whatever way, the pipe
 * closes and the shell asks the service to end. So neither a crash nor `kill -9` of the starter leaves a database.
 */
function guard({ pid }: ProcessIdentity, stopSignal: string): ChildProcess {
  const script = 'read -r release || kill -s "$1" "$2" 2>/dev/null'
  const args = ['-c', script, 'jili-guardian', stopSignal.replace('SIG', ''), String(pid)]
  const guardian = spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  guardian.on('error', () => undefined)
  guardian.stdin?.on('error', () => undefined)
  guardian.unref()
  // A pipe keeps the event loop of the starter alive unless told not to; the type does not know that it is a socket.
  if (guardian.stdin && 'unref' in guardian.stdin && typeof guardian.stdin.unref === 'function')
    guardian.stdin.unref()
  return guardian
}

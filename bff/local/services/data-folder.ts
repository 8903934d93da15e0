import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { endProcess } from './end-process'
import { FileLock } from './file-lock'
import { LocalServicesError } from './local-services.errors.cjs'
import { freePort } from './loopback-port'
import { isRunning, type ProcessIdentity } from './process-identity'

/**
 * What the services of one clone keep: their data, their ports, their logs, and who of them runs. One starter at a
 * time uses it.
 */
export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: FileLock,
  ) {}

  /** @throws LocalServicesError if another process has it open */
  static open(path: string): DataFolder {
    const folder = resolve(path)
    mkdirSync(join(folder, 'processes'), { recursive: true })
    const lock = FileLock.tryTake(join(folder, 'lock.json'))
    if (lock instanceof FileLock) return new DataFolder(folder, lock)
    throw new LocalServicesError(
      `The services of ${folder} are run by process ${lock.pid} already. Use those, end that process, or choose another data folder.`,
    )
  }

  close(): void {
    this.lock.release()
  }

  subfolder(...names: string[]): string {
    const folder = join(this.path, ...names)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** The names of what is in a subfolder; none if it does not exist. */
  list(...names: string[]): string[] {
    const folder = join(this.path, ...names)
    return existsSync(folder) ? readdirSync(folder) : []
  }

  /** The port that a service had last time, if it is free, else another one that is remembered from now on. */
  async port(service: string): Promise<number> {
    const ports = this.readPorts()
    const port = await freePort(ports[service])
    if (port !== ports[service])
      writeFileSync(this.portsFile, JSON.stringify({ ...ports, [service]: port }, null, 2))
    return port
  }

  private get portsFile(): string {
    return join(this.path, 'ports.json')
  }

  private readPorts(): Record<string, number> {
    const ports: unknown = readJson(this.portsFile)
    const entries = typeof ports === 'object' && ports !== null ? Object.entries(ports) : []
    return Object.fromEntries(
      entries.filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    )
  }

  recordProcess(service: string, identity: ProcessIdentity): void {
    writeFileSync(this.processFile(service), JSON.stringify(identity))
  }

  forgetProcess(service: string): void {
    rmSync(this.processFile(service), { force: true })
  }

  private processFile(service: string): string {
    return join(this.path, 'processes', `${service}.json`)
  }

  /**
   * Ends what a starter that was killed left behind. They are not taken over: they may be half-started, and starting
   * anew is as quick.
   * @returns the names of the services that were ended
   */
  async endLeftovers(): Promise<string[]> {
    const ended = await Promise.all(
      this.list('processes').map(async (file) => {
        const service = file.replace(/\.json$/, '')
        const identity = readIdentity(join(this.path, 'processes', file))
        const isLeftover = identity !== undefined && isRunning(identity)
        if (isLeftover) await endProcess(identity, service === 'postgres' ? 'SIGINT' : 'SIGTERM')
        this.forgetProcess(service)
        return isLeftover ? [service] : []
      }),
    )
    return ended.flat()
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function readIdentity(file: string): ProcessIdentity | undefined {
  const value = readJson(file)
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('beganAt' in value))
    return undefined
  return { pid: Number(value.pid), beganAt: String(value.beganAt) }
}

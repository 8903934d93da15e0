import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from './error-code'
import { identify, isRunning, type ProcessIdentity } from './process-identity'

/** A lock that is held as long as its holder runs: a process that was killed leaves the file, but not the lock. */
export class FileLock {
  private constructor(private readonly file: string) {}

  /** @returns the lock, or who holds it */
  static tryTake(file: string): FileLock | ProcessIdentity {
    mkdirSync(dirname(file), { recursive: true })
    const mine = `${file}.${process.pid}`
    writeFileSync(mine, JSON.stringify(identify(process.pid)))
    try {
      for (;;) {
        // Linking a complete file is atomic and fails if the name is taken; nobody ever reads half a lock.
        if (tryLink(mine, file)) return new FileLock(file)
        const content = read(file)
        const holder = content === undefined ? undefined : parse(content)
        if (holder && isRunning(holder)) return holder
        if (content !== undefined) removeStale(file, content)
      }
    } finally {
      rmSync(mine, { force: true })
    }
  }

  release(): void {
    rmSync(this.file, { force: true })
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function parse(content: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(content)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('beganAt' in value))
      return undefined
    return { pid: Number(value.pid), beganAt: String(value.beganAt) }
  } catch {
    return undefined
  }
}

/** Another starter may have replaced the stale lock by its own since we read it; then that one is put back. */
function removeStale(file: string, content: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside) !== content) tryLink(aside, file)
  rmSync(aside, { force: true })
}

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { errorCode } from './error-code'

/**
 * Names one process for good. A pid alone is given to another process sooner or later, and a pid file outlives a
 * reboot; a pid together with the moment at which the process began does not repeat.
 */
export interface ProcessIdentity {
  pid: number
  beganAt: string
}

const HAS_PROC = existsSync('/proc/self/stat')

/** @returns undefined if no such process runs (one that ended and was not yet collected by its parent does not run) */
export function identify(pid: number): ProcessIdentity | undefined {
  const beganAt = HAS_PROC ? beganAtByProc(pid) : beganAtByPs(pid)
  return beganAt === undefined ? undefined : { pid, beganAt }
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.beganAt === identity.beganAt
}

function beganAtByProc(pid: number): string | undefined {
  const fields = statFields(pid)
  const [state] = fields
  const startTicks = fields[19]
  if (startTicks === undefined || state === 'Z' || state === 'X') return undefined
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startTicks}`
}

/** /proc/PID/stat after the name, which is in parentheses and may hold anything: state, parent, … */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function beganAtByPs(pid: number): string | undefined {
  try {
    const [state, ...began] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/)
    return state === undefined || state.startsWith('Z') ? undefined : began.join(' ')
  } catch {
    return undefined
  }
}

/** The processes that a process started and that still run. */
export function childrenOf(pid: number): ProcessIdentity[] {
  const pids = HAS_PROC ? childrenByProc(pid) : childrenByPs(pid)
  return pids.map(identify).filter((child) => child !== undefined)
}

function childrenByProc(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && statFields(pid)[1] === String(parent))
}

function childrenByPs(parent: number): number[] {
  try {
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, ppid]) => ppid === parent)
      .map(([pid = 0]) => pid)
  } catch {
    return []
  }
}

export function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isRunning(identity)) return
  try {
    process.kill(identity.pid, name)
  } catch (error) {
    const hasJustEnded = errorCode(error) === 'ESRCH'
    if (!hasJustEnded) throw error
  }
}

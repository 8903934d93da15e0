import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine, Reporter } from './machine.cjs'

const REASON_CHARACTERS = 80
/** Without a byte for so long there is no network worth waiting for. */
const NO_PROGRESS_LIMIT_MS = 8_000
/** Offline machines stay offline for a while; every start would else pay for another attempt. */
const TRY_AGAIN_AFTER_MS = 60 * 60_000

export interface Downloaded {
  executable: string
}

export interface NotDownloaded {
  reason: string
}

/** A mongod that mongodb-memory-server downloaded, now or earlier. */
export async function downloadedMongod(
  machine: Machine,
  report: Reporter,
): Promise<Downloaded | NotDownloaded> {
  const folder = join(machine.cacheDir, 'mongod')
  const executable = findDownloaded(folder)
  if (executable) return { executable }
  const failureNote = join(folder, 'download-failed')
  const failedMs = millisecondsSince(failureNote)
  if (failedMs !== undefined && failedMs < TRY_AGAIN_AFTER_MS) {
    return {
      reason: `the download failed ${Math.round(failedMs / 60_000)} minutes ago, next try after an hour`,
    }
  }
  mkdirSync(folder, { recursive: true })
  const result = await download(machine, folder, report)
  if ('executable' in result) rmSync(failureNote, { force: true })
  else writeFileSync(failureNote, result.reason)
  return result
}

function findDownloaded(folder: string): string | undefined {
  const files = existsSync(folder) ? readdirSync(folder) : []
  const name = files
    .filter((file) => /^mongod-/.test(file) && !/\.(lock|downloading|tgz|zip|md5)$/.test(file))
    .at(-1)
  return name === undefined ? undefined : join(folder, name)
}

function millisecondsSince(file: string): number | undefined {
  return existsSync(file) ? Date.now() - statSync(file).mtimeMs : undefined
}

function download(machine: Machine, folder: string, report: Reporter): Promise<Downloaded | NotDownloaded> {
  const startedAt = Date.now()
  const program = join(__dirname, 'download-mongod.main.ts')
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), program, folder], {
    env: { ...machine.env, MONGOMS_MAX_RETRIES: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  let progress = { bytes: 0, at: startedAt }
  let givenUp = ''
  const watcher = setInterval(() => {
    const bytes = bytesIn(folder)
    if (bytes > progress.bytes) progress = { bytes, at: Date.now() }
    if (Date.now() - progress.at > NO_PROGRESS_LIMIT_MS) {
      givenUp = `nothing was received for ${NO_PROGRESS_LIMIT_MS / 1000} s`
      child.kill('SIGKILL')
    }
    if (bytes > 0) report.progress(`downloading mongod, ${Math.round(bytes / 1e6)} MB`)
  }, 250)
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ reason: error.message }))
    child.on('close', (exitCode) => {
      clearInterval(watcher)
      const executable = output.trim().split('\n').at(-1) ?? ''
      if (exitCode === 0 && existsSync(executable)) return resolve({ executable })
      resolve({
        reason:
          givenUp ||
          errors.trim().split('\n')[0]?.slice(0, REASON_CHARACTERS) ||
          `the download ended with ${exitCode}`,
      })
    })
  })
}

function bytesIn(folder: string): number {
  return readdirSync(folder)
    .map((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, bytes) => sum + bytes, 0)
}

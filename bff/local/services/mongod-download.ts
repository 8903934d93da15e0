import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine, Reporter } from './machine.cjs'
import { findDownloadedMongod, millisecondsSinceFailure, mongodFolder, noteFailure } from './mongod-site.cjs'

const REASON_CHARACTERS = 80
/** Without a byte for so long there is no network worth waiting for. */
const NO_PROGRESS_LIMIT_MS = 8_000

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
  const executable = findDownloadedMongod(machine)
  if (executable) return { executable }
  const failedMs = millisecondsSinceFailure(machine)
  if (failedMs !== undefined) {
    return {
      reason: `the download failed ${Math.round(failedMs / 60_000)} minutes ago, next try after an hour`,
    }
  }
  const folder = mongodFolder(machine)
  mkdirSync(folder, { recursive: true })
  const result = await download(machine, folder, report)
  noteFailure(machine, 'executable' in result ? undefined : result.reason)
  return result
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

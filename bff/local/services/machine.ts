import { type SpawnOptions, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface CommandResult {
  exitCode: number
  stdout: string
  /** The last lines of both streams, for an error text. */
  tail: string
}

/** What the starter asks of the machine it runs on; a test passes a machine that has nothing. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv
  readonly isRoot: boolean
  /** Has apt and dpkg. */
  readonly isDebianLike: boolean
  /** Shared by all clones of this user. */
  readonly cacheDir: string
  findExecutable(name: string): string | undefined
  /** Runs a command to its end; `onLine` gets each line of either stream as it comes. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<CommandResult>
}

export interface RunOptions {
  onLine?: (line: string) => void
  env?: NodeJS.ProcessEnv
}

const TAIL_LINES = 15

export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  const findExecutable = (name: string) => findOnPath(name, env.PATH ?? '')
  return {
    env,
    isRoot: process.getuid?.() === 0,
    isDebianLike: existsSync('/etc/debian_version') && findExecutable('apt-get') !== undefined,
    cacheDir: join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'jili'),
    findExecutable,
    run: (command, args, options) => run(command, args, { ...options, env: { ...env, ...options?.env } }),
  }
}

function findOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

function run(command: string, args: readonly string[], { onLine, env }: RunOptions): Promise<CommandResult> {
  const options: SpawnOptions = { env, stdio: ['ignore', 'pipe', 'pipe'] }
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options)
    const stdout: Buffer[] = []
    const tail: string[] = []
    const keepLine = (line: string) => {
      tail.push(line)
      if (tail.length > TAIL_LINES) tail.shift()
      onLine?.(line)
    }
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', lineSplitter(keepLine))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? 1, stdout: Buffer.concat(stdout).toString(), tail: tail.join('\n') })
    })
  })
}

function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = ''
  return (chunk) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { paths } from '../demo/paths'

/** A program that follows the sources and starts or builds anew after each change. */
export interface Watcher {
  /** Rejects when it ends although nobody stopped it. */
  readonly ended: Promise<never>
  stop(): Promise<void>
}

interface WatcherOptions {
  title: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  print(line: string): void
  /** How long it may take to end once it is asked to. */
  graceMs: number
}

const requireHere = createRequire(__filename)

function startWatcher({ title, args, cwd, env, print, graceMs }: WatcherOptions): Watcher {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      if (!isNoise(line)) print(`  ${title}  ${line}`)
    })
  let isStopping = false
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(String(signal ?? code)))
  })
  const ended = exited.then((why) => {
    if (isStopping) return new Promise<never>(() => undefined)
    throw new Error(`${title} ended by itself (${why})`)
  })
  // Who does not wait for it yet must not be ended by it.
  ended.catch(() => undefined)
  return {
    ended,
    stop: async () => {
      isStopping = true
      await endWithin(graceMs, child, exited)
    },
  }
}

/** Empty lines, and what the H5's build says of its progress and its addresses. */
const isNoise = (line: string) =>
  line.trim() === '' || /^<i> |Webpack █|\[2K|即将开始|^\s*[●✔ℹ] Webpack/u.test(line)

async function endWithin(graceMs: number, child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.kill('SIGTERM')
  const deadline = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exited
  clearTimeout(deadline)
}

/** The BFF, started anew when a file that it has read changes; debuggers attach to `inspect`. */
export const watchBff = (options: { env: NodeJS.ProcessEnv; inspect: string; print(line: string): void }) =>
  startWatcher({
    title: 'bff',
    // A BFF finishes its requests within 10 s.
    graceMs: 12_000,
    cwd: paths.root,
    args: [
      requireHere.resolve('tsx/cli'),
      'watch',
      '--clear-screen=false',
      `--inspect=${options.inspect}`,
      'bff/local/dev/bff.main.ts',
    ],
    ...options,
  })

/** The H5 with hot reload; it passes on to the BFF what is the BFF's. */
export const watchH5 = (options: { env: NodeJS.ProcessEnv; print(line: string): void }) =>
  startWatcher({
    title: 'h5 ',
    // It would first finish what it compiles, for nobody.
    graceMs: 1_000,
    cwd: paths.miniapp,
    args: [requireHere.resolve('@tarojs/cli/bin/taro'), 'build', '--type', 'h5', '--watch'],
    ...options,
  })

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(__dirname, '../../..')
const miniapp = join(root, 'miniapp')
const sources = ['miniapp/src', 'miniapp/config', 'miniapp/babel.config.js', 'shared', 'package.json']
const entries = { weapp: 'app.json', h5: 'index.html' }
const lockWaitMs = 500
const lockTriesMax = 240

function newestChange(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

const isFresh = (entry: string): boolean =>
  existsSync(entry) &&
  statSync(entry).mtimeMs > Math.max(...sources.map((path) => newestChange(join(root, path))))

const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** One build at a time: two test files may ask at once. */
function withLock(run: () => void): void {
  const lock = join(miniapp, 'dist', '.building')
  mkdirSync(join(miniapp, 'dist'), { recursive: true })
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (tries >= lockTriesMax)
        throw new Error(`Another build does not end; if there is none, remove ${lock}`)
      pause(lockWaitMs)
    }
  }
  try {
    run()
  } finally {
    rmdirSync(lock)
  }
}

/** Builds a target when its sources are newer than what is built. @returns the built folder */
export function ensureBuilt(target: 'weapp' | 'h5'): string {
  const dist = join(miniapp, 'dist', target)
  const entry = join(dist, entries[target])
  if (isFresh(entry)) return dist
  withLock(() => {
    if (isFresh(entry)) return
    execFileSync(process.execPath, [require.resolve('@tarojs/cli/bin/taro'), 'build', '--type', target], {
      cwd: miniapp,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'pipe',
    })
  })
  return dist
}

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { paths } from './paths'
import { DemoProblem } from './problem'

/** What the H5 is built from. The lock file stands for the packages. */
const sources = [
  'miniapp/src',
  'miniapp/config',
  'miniapp/babel.config.js',
  'miniapp/tsconfig.json',
  'shared',
  'package-lock.json',
]

/** Not served: the BFF refuses hidden files. */
const stampFile = join(paths.h5, '.built-from')
const logLinesShown = 25

const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

function listFiles(path: string): string[] {
  const full = join(paths.root, path)
  if (!existsSync(full)) return []
  const entries = readdirSync(dirname(full), { withFileTypes: true })
  const isFolder = entries.find(({ name }) => join(dirname(full), name) === full)?.isDirectory()
  if (!isFolder) return [full]
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Says which sources the built pages belong to, and which pages: a build by hand in between shows too. */
function readStamp(): string {
  const files = sources.flatMap(listFiles)
  const sum = files.map((file) => `${relative(paths.root, file)} ${hashOf(readFileSync(file))}`).join('\n')
  const page = join(paths.h5, 'index.html')
  return `${hashOf(sum)} ${existsSync(page) ? hashOf(readFileSync(page)) : 'none'}\n`
}

/** Whether the sources changed since the H5 was built here, or it never was. */
export function isH5Stale(): boolean {
  return !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== readStamp()
}

/** Builds the H5. @throws DemoProblem with the end of the build's output */
export async function buildH5(signal: AbortSignal): Promise<void> {
  mkdirSync(dirname(paths.h5Log), { recursive: true })
  const log = openSync(paths.h5Log, 'w')
  const taro = createRequire(__filename).resolve('@tarojs/cli/bin/taro')
  const child = spawn(process.execPath, [taro, 'build', '--type', 'h5'], {
    cwd: paths.miniapp,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const end = () => child.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  signal.removeEventListener('abort', end)
  if (exitCode !== 0 || !existsSync(join(paths.h5, 'index.html'))) throw buildFailed()
  writeFileSync(stampFile, readStamp())
}

function buildFailed(): DemoProblem {
  const tail = readFileSync(paths.h5Log, 'utf8').trimEnd().split('\n').slice(-logLinesShown).join('\n')
  return new DemoProblem(
    `${tail}\n\nH5 构建失败，以上是最后的输出，全部在 ${relative(paths.root, paths.h5Log)}。改好后再运行一次。\n` +
      'The H5 build failed; above is the end of its output. Mend it and run the command again.',
  )
}

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { debianMirror, installPackage, reasonNotToInstall } from '../apt'
import { FileLock } from '../file-lock'
import { LocalServicesError } from '../local-services.errors'
import type { Machine } from '../machine'
import { waitUntil } from '../wait-until'
import { makeTemplateCluster } from './template-cluster'

/**
 * DocumentDB is packaged by Debian from this suite on. It needs a newer libc than older releases have, so it gets a
 * root folder of its own instead of a place among the machine's packages.
 */
const SUITE = 'forky'
const PACKAGE = 'postgresql-18-documentdb'
/** Goes up when this file would build another root folder; what was built before stays beside it, with its data. */
const RECIPE = 1

const BUILD_LIMIT_MS = 15 * 60_000
const TELL_EVERY_MS = 5_000

const APT_OPTIONS = [
  // A mirror may be an archive whose index has run out; the signatures are checked all the same.
  'Acquire::Check-Valid-Until "false"',
  'APT::Install-Recommends "false"',
  'Acquire::Retries "3"',
]
const DPKG_OPTIONS = ['doc', 'man', 'locale'].map((kind) => `path-exclude=/usr/share/${kind}/*`)
/** Debian's PostgreSQL makes a cluster on installation; ours has other settings. */
const NO_CLUSTER_HOOK =
  'mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"'

/** Where the root folder is or will be: one for all clones of a user. */
export function rootFolderPath(machine: Machine): string {
  return join(machine.cacheDir, `documentdb-${SUITE}-${RECIPE}`)
}

/** @returns why DocumentDB cannot be had here, or undefined */
export function reasonWithoutRootFolder(machine: Machine): string | undefined {
  if (process.platform !== 'linux') return 'DocumentDB comes as Debian packages, and this is not Linux'
  if (!machine.isRoot) return 'running DocumentDB from its own root folder needs root'
  if (existsSync(rootFolderPath(machine))) return undefined
  return reasonNotToInstall(machine)
}

/** Makes the root folder if it is not there yet, or waits for another starter that is making it. */
export async function ensureRootFolder(machine: Machine, report: (line: string) => void): Promise<string> {
  const path = rootFolderPath(machine)
  if (existsSync(path)) return path
  const lock = await takeBuildLock(`${path}.lock`, report)
  try {
    if (!existsSync(path)) await build(machine, path, report)
    return path
  } finally {
    lock.release()
  }
}

async function takeBuildLock(file: string, report: (line: string) => void): Promise<FileLock> {
  let lock = FileLock.tryTake(file)
  if (lock instanceof FileLock) return lock
  report(`process ${lock.pid} is installing DocumentDB; waiting for it`)
  const take = () => {
    lock = FileLock.tryTake(file)
    return lock instanceof FileLock
  }
  await waitUntil(take, { withinMs: BUILD_LIMIT_MS, everyMs: 250 })
  if (lock instanceof FileLock) return lock
  throw new LocalServicesError(`another process holds ${file} for too long`)
}

async function build(machine: Machine, path: string, report: (line: string) => void): Promise<void> {
  const startedAt = Date.now()
  const temporary = `${path}.building`
  removeFolder(temporary)
  if (!machine.findExecutable('mmdebstrap')) await installPackage(machine, 'mmdebstrap', report)
  const mirror = await debianMirror(machine)
  if (!mirror) throw new LocalServicesError('apt knows no mirror of Debian')
  report(`installing DocumentDB into ${path}: about 600 MB and a minute, once for this machine`)
  try {
    await unpackPackages(machine, temporary, mirror, report)
    report('installing DocumentDB: making the cluster that new data folders start from')
    await makeTemplateCluster(machine, temporary)
    renameSync(temporary, path)
  } catch (error) {
    removeFolder(temporary)
    throw error
  }
  report(`installed DocumentDB in ${secondsSince(startedAt)} s`)
}

async function unpackPackages(
  machine: Machine,
  folder: string,
  mirror: string,
  report: (line: string) => void,
): Promise<void> {
  mkdirSync(join(folder, '..'), { recursive: true })
  const startedAt = Date.now()
  let lastLine = ''
  const teller = setInterval(() => {
    report(`installing DocumentDB: ${secondsSince(startedAt)} s, ${lastLine || 'started'}`)
  }, TELL_EVERY_MS)
  const args = [
    '--mode=root',
    '--variant=apt',
    `--include=${PACKAGE}`,
    ...APT_OPTIONS.map((option) => `--aptopt=${option}`),
    ...DPKG_OPTIONS.map((option) => `--dpkgopt=${option}`),
    `--essential-hook=${NO_CLUSTER_HOOK}`,
    SUITE,
    folder,
    mirror,
  ]
  const onLine = (line: string) => {
    // "I: installing packages..." and the like; progress bars and warnings are left out.
    if (line.startsWith('I: ')) lastLine = line.slice(3)
  }
  try {
    const { exitCode, tail } = await machine.run('mmdebstrap', args, { onLine })
    if (exitCode !== 0) throw new LocalServicesError(`mmdebstrap failed:\n${tail}`)
  } finally {
    clearInterval(teller)
  }
}

/** An interrupted build may have left /proc or /dev mounted inside; deleting through a mount would hit the machine's own. */
function removeFolder(folder: string): void {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
  const mounted = mounts.map((line) => line.split(' ')[1]).find((target) => target?.startsWith(`${folder}/`))
  if (mounted) throw new LocalServicesError(`${mounted} is still mounted; unmount it and delete ${folder}`)
  rmSync(folder, { recursive: true, force: true })
}

function secondsSince(startedAt: number): number {
  return Math.round((Date.now() - startedAt) / 1000)
}

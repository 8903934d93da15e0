import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { DataFolder } from '../data-folder'
import { LocalServicesError } from '../local-services.errors.cjs'
import type { Machine } from '../machine.cjs'
import { identify } from '../process-identity'
import { clusterFolder, templateCluster } from './postgres-process.cjs'

/**
 * The cluster of a data folder lies inside the root folder (see postgres-process.ts). Two notes tie them together:
 * `cluster.json` in the data folder names the cluster, and `owner.json` beside the cluster names the data folder. So
 * deleting a data folder gives up its cluster, a moved data folder keeps it, and a copied one gets its own.
 */
export interface Cluster {
  rootFolder: string
  name: string
}

const POINTER = 'cluster.json'
const ABANDONED_AFTER_MS = 14 * 24 * 60 * 60_000

/** Finds the cluster of a data folder, or makes one. */
export async function openCluster(
  machine: Machine,
  rootFolder: string,
  folder: DataFolder,
  report: (line: string) => void,
): Promise<Cluster> {
  const pointerFile = join(folder.subfolder('mongodb', 'documentdb'), POINTER)
  removeAbandoned(rootFolder)
  const cluster = readNote<Cluster>(pointerFile)
  if (cluster && !existsSync(clusterFolder(cluster.rootFolder, cluster.name))) {
    report(`the database of ${folder.path} is gone from ${cluster.rootFolder}; starting with an empty one`)
  } else if (cluster && isOwnedElsewhere(cluster, folder)) {
    report(`${folder.path} is a copy of another data folder; starting with an empty database`)
  } else if (cluster) {
    noteOwner(cluster, folder)
    return cluster
  }
  const made = await makeCluster(machine, rootFolder)
  // In this order: a cluster whose owner does not point to it counts as abandoned.
  writeFileSync(pointerFile, JSON.stringify(made, null, 2))
  noteOwner(made, folder)
  return made
}

async function makeCluster(machine: Machine, rootFolder: string): Promise<Cluster> {
  const cluster = { rootFolder, name: randomUUID() }
  const from = clusterFolder(rootFolder, templateCluster)
  const to = clusterFolder(rootFolder, cluster.name)
  const { exitCode, tail } = await machine.run('cp', ['-a', '--reflink=auto', from, to])
  if (exitCode !== 0) throw new LocalServicesError(`cp failed:\n${tail}`)
  return cluster
}

interface Owner {
  dataFolder: string
}

function ownerFile({ rootFolder, name }: Cluster): string {
  return `${clusterFolder(rootFolder, name)}.owner.json`
}

function noteOwner(cluster: Cluster, folder: DataFolder): void {
  const owner: Owner = { dataFolder: folder.path }
  writeFileSync(ownerFile(cluster), JSON.stringify(owner))
  const now = new Date()
  utimesSync(ownerFile(cluster), now, now)
}

function isOwnedElsewhere(cluster: Cluster, folder: DataFolder): boolean {
  const owner = readNote<Owner>(ownerFile(cluster))
  return owner !== undefined && owner.dataFolder !== folder.path && pointsTo(owner.dataFolder, cluster.name)
}

function pointsTo(dataFolder: string, clusterName: string): boolean {
  return readNote<Cluster>(join(dataFolder, 'mongodb', 'documentdb', POINTER))?.name === clusterName
}

/**
 * Deletes clusters whose data folder is gone: those of temporary folders at once, others after two weeks, for the
 * folder may only have been moved.
 */
function removeAbandoned(rootFolder: string): void {
  const folder = dirname(clusterFolder(rootFolder, templateCluster))
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.owner.json')) continue
    const cluster = { rootFolder, name: basename(file, '.owner.json') }
    const owner = readNote<Owner>(join(folder, file))
    if (!owner || pointsTo(owner.dataFolder, cluster.name) || isInUse(cluster)) continue
    const isTemporary = owner.dataFolder.startsWith(join(tmpdir(), '/'))
    const unusedMs = Date.now() - statSync(join(folder, file)).mtimeMs
    if (!isTemporary && unusedMs < ABANDONED_AFTER_MS) continue
    rmSync(clusterFolder(rootFolder, cluster.name), { recursive: true, force: true })
    rmSync(ownerFile(cluster), { force: true })
  }
}

function isInUse(cluster: Cluster): boolean {
  const pidFile = join(clusterFolder(cluster.rootFolder, cluster.name), 'postmaster.pid')
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
  return pid > 0 && identify(pid) !== undefined
}

/** A note that we wrote; a broken one counts as none. */
function readNote<T>(file: string): T | undefined {
  try {
    const note: T = JSON.parse(readFileSync(file, 'utf8'))
    return note
  } catch {
    return undefined
  }
}

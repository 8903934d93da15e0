import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { LocalServicesError } from '../local-services.errors'
import { freePort, LOOPBACK } from '../loopback-port'
import type { Machine } from '../machine'
import { waitUntil } from '../wait-until'
import {
  CLUSTERS,
  clusterFolder,
  inRootFolder,
  postgresCommand,
  SETTINGS,
  TEMPLATE_CLUSTER,
} from './postgres-process'

const START_WITHIN_MS = 30_000

/**
 * Builds indexes in the background every two seconds, for `createIndexes` as the extension's own gateway calls it.
 * Ours waits for its indexes, so these jobs would only wake the machine.
 */
const UNSCHEDULE_INDEX_BUILDS = `
SELECT cron.unschedule(jobid) FROM cron.job WHERE jobname LIKE 'documentdb_index_build_task%'`

/** Makes a cluster with DocumentDB in it, once; a new data folder gets a copy, which takes a fraction of the time. */
export async function makeTemplateCluster(machine: Machine, rootFolder: string): Promise<void> {
  mkdirSync(join(rootFolder, CLUSTERS), { recursive: true })
  await runIn(machine, ['chroot', rootFolder, 'chown', 'postgres:postgres', CLUSTERS])
  const data = join(CLUSTERS, TEMPLATE_CLUSTER)
  const options = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust']
  await runIn(machine, inRootFolder(rootFolder, 'initdb', options))
  appendFileSync(join(clusterFolder(rootFolder, TEMPLATE_CLUSTER), 'postgresql.conf'), SETTINGS)
  await addExtension(rootFolder)
}

async function runIn(machine: Machine, [command = '', ...args]: string[]): Promise<void> {
  const { exitCode, tail } = await machine.run(command, args)
  if (exitCode !== 0) throw new LocalServicesError(`${command} ${args.join(' ')} failed:\n${tail}`)
}

async function addExtension(rootFolder: string): Promise<void> {
  const port = await freePort()
  const [command = '', ...args] = postgresCommand(rootFolder, TEMPLATE_CLUSTER, port)
  const postgres = spawn(command, args, { stdio: 'ignore' })
  try {
    const client = await connectWhenReady(port)
    await client.query('CREATE EXTENSION documentdb CASCADE')
    await client.query(UNSCHEDULE_INDEX_BUILDS)
    await client.end()
  } finally {
    await shutDown(postgres)
  }
}

async function connectWhenReady(port: number): Promise<Client> {
  let connected: Client | undefined
  await waitUntil(
    async () => {
      const client = new Client({ host: LOOPBACK, port, user: 'postgres', database: 'postgres' })
      client.on('error', () => undefined)
      connected = await client.connect().then(
        () => client,
        () => undefined,
      )
      return connected !== undefined
    },
    { withinMs: START_WITHIN_MS, everyMs: 50 },
  )
  if (!connected) throw new LocalServicesError('PostgreSQL did not start')
  return connected
}

async function shutDown(postgres: ChildProcess): Promise<void> {
  if (postgres.exitCode !== null || postgres.signalCode !== null) return
  const ended = new Promise((resolve) => postgres.once('exit', resolve))
  const FAST_SHUTDOWN = 'SIGINT'
  postgres.kill(FAST_SHUTDOWN)
  await ended
}

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { DataFolder } from '../data-folder'
import { isListening, LOOPBACK } from '../loopback-port'
import type { Machine, Reporter } from '../machine.cjs'
import type { MongodbService } from '../mongodb-service'
import { SupervisedProcess } from '../supervised-process'
import { type Cluster, openCluster } from './cluster'
import { clusterFolder, postgresCommand } from './postgres-process.cjs'
import { ensureRootFolder } from './root-folder.cjs'
import { REPLICA_SET } from './session-commands'

/** After a crash PostgreSQL first replays its log. */
const POSTGRES_READY_WITHIN_MS = 60_000
const GATEWAY_READY_WITHIN_MS = 60_000

/** DocumentDB: PostgreSQL with its extension, and the gateway that speaks MongoDB's wire protocol before it. */
export async function startDocumentdb(
  machine: Machine,
  folder: DataFolder,
  report: Reporter,
): Promise<MongodbService> {
  const rootFolder = await ensureRootFolder(machine, report)
  const cluster = await openCluster(machine, rootFolder, folder, report.line)
  const ports = { postgres: await folder.port('postgres'), gateway: await folder.port('mongodb') }
  let postgres = startPostgres(folder, cluster, ports.postgres)
  // The gateway loads while PostgreSQL starts, and listens once PostgreSQL answers.
  let gateway = startGateway(folder, ports)
  const untilReady = async () => {
    await postgres.untilReady(() => answers(ports.postgres), POSTGRES_READY_WITHIN_MS)
    await gateway.untilReady(() => isListening(ports.gateway), GATEWAY_READY_WITHIN_MS)
  }
  const stop = async () => {
    await gateway.stop()
    await postgres.stop()
  }
  await untilReady().catch((error: unknown) => stop().finally(() => Promise.reject(error)))
  return {
    uri: `mongodb://${LOOPBACK}:${ports.gateway}/jili?replicaSet=${REPLICA_SET}`,
    stop,
    kill: async (part) => {
      if (part !== 'postgres') await gateway.kill()
      if (part !== 'gateway') await postgres.kill()
    },
    restart: async () => {
      if (postgres.isRunning && gateway.isRunning) await stop()
      // A gateway that outlived its PostgreSQL goes on with the next one.
      if (!postgres.isRunning) postgres = startPostgres(folder, cluster, ports.postgres)
      if (!gateway.isRunning) gateway = startGateway(folder, ports)
      await untilReady()
    },
  }
}

function startPostgres(folder: DataFolder, cluster: Cluster, port: number): SupervisedProcess {
  // We hold the data folder's lock and ended every leftover: a pid file is one of a process that was killed. Its pid
  // may be another process's by now, and then PostgreSQL would refuse to start.
  rmSync(join(clusterFolder(cluster.rootFolder, cluster.name), 'postmaster.pid'), { force: true })
  const [command = '', ...args] = postgresCommand(cluster.rootFolder, cluster.name, port)
  return SupervisedProcess.start(folder, {
    service: 'postgres',
    command,
    args,
    logFile: join(folder.subfolder('mongodb', 'documentdb'), 'postgres.log'),
    // PostgreSQL's fast shut-down; SIGTERM would wait for the last client to leave.
    stopSignal: 'SIGINT',
  })
}

function startGateway(folder: DataFolder, ports: { postgres: number; gateway: number }): SupervisedProcess {
  const program = join(__dirname, 'gateway.main.ts')
  return SupervisedProcess.start(folder, {
    service: 'gateway',
    command: process.execPath,
    args: ['--import', require.resolve('tsx'), program, String(ports.gateway), String(ports.postgres)],
    logFile: join(folder.subfolder('mongodb', 'documentdb'), 'gateway.log'),
    stopSignal: 'SIGTERM',
  })
}

async function answers(port: number): Promise<boolean> {
  const client = new Client({ host: LOOPBACK, port, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

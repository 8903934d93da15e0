import { join } from 'node:path'
import type { DataFolder } from './data-folder'
import { isListening, LOOPBACK } from './loopback-port'
import type { MongodbService } from './mongodb-service'
import { SupervisedProcess } from './supervised-process'
import { waitUntil } from './wait-until'

const REPLICA_SET = 'rs0'
const LISTENING_WITHIN_MS = 60_000
const PRIMARY_WITHIN_MS = 30_000
const NOT_YET_INITIALIZED = 94

/** Starts a mongod on loopback as a replica set of one, for transactions need a replica set. */
export async function startMongod(
  folder: DataFolder,
  way: string,
  executable: string,
): Promise<MongodbService> {
  const data = folder.subfolder('mongodb', way)
  const port = await folder.port('mongodb')
  const start = async () => {
    const started = SupervisedProcess.start(folder, {
      service: 'mongod',
      command: executable,
      args: ['--dbpath', data, '--port', String(port), '--bind_ip', LOOPBACK, '--replSet', REPLICA_SET],
      logFile: join(folder.subfolder('logs'), 'mongod.log'),
      stopSignal: 'SIGTERM',
    })
    await started.untilReady(() => isListening(port), LISTENING_WITHIN_MS)
    await becomePrimary(port)
    return started
  }
  let running = await start()
  return {
    uri: `mongodb://${LOOPBACK}:${port}/jili?replicaSet=${REPLICA_SET}`,
    stop: () => running.stop(),
    kill: () => running.kill(),
    restart: async () => {
      await running.stop()
      running = await start()
    },
  }
}

/** Makes it a replica set at its first start, and tells it its new address if the port is another one than before. */
async function becomePrimary(port: number): Promise<void> {
  const { mongo } = await import('mongoose')
  const client = new mongo.MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`)
  const admin = client.db('admin')
  const host = `${LOOPBACK}:${port}`
  try {
    const config = await admin.command({ replSetGetConfig: 1 }).then(
      (reply) => reply.config,
      (error: unknown) => {
        if (error instanceof mongo.MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined
        throw error
      },
    )
    if (!config) await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } })
    else if (config.members[0].host !== host) {
      const members = [{ ...config.members[0], host }]
      await admin.command({
        replSetReconfig: { ...config, members, version: config.version + 1 },
        force: true,
      })
    }
    const isPrimary = async () => (await admin.command({ hello: 1 })).isWritablePrimary === true
    await waitUntil(isPrimary, { withinMs: PRIMARY_WITHIN_MS, everyMs: 50 })
  } finally {
    await client.close()
  }
}

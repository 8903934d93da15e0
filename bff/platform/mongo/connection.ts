import mongoose from 'mongoose'

// Every operation inside a transaction then joins it by itself: a forgotten session cannot leak a write.
mongoose.set('transactionAsyncLocalStorage', true)
mongoose.set('autoIndex', false)
mongoose.set('autoCreate', false)
mongoose.set('strictQuery', 'throw')

export interface MongoOptions {
  uri: string
  /** Connections to MongoDB at most. */
  poolSize: number
  /** How long the driver may look for the database before it counts as stuck. */
  stuckAfterMs?: number
}

let isWanted = false

/** Connects the one mongoose connection all models use. @throws when MongoDB cannot be reached in 10 s. */
export function connectMongo(options: MongoOptions): Promise<void> {
  isWanted = true
  return openClient(options)
}

async function openClient(options: MongoOptions): Promise<void> {
  await mongoose.connect(options.uri, {
    maxPoolSize: options.poolSize,
    serverSelectionTimeoutMS: 10_000,
    connectTimeoutMS: 10_000,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    retryWrites: true,
  })
  watchHeartbeats(options)
}

export function disconnectMongo(): Promise<void> {
  isWanted = false
  return mongoose.disconnect()
}

/**
 * When a database dies, the driver's monitor may ask for it on a socket that is closed already. Then no answer, error or
 * timeout ever comes, and the driver looks for the database no more. A heartbeat that has no end, though the driver's
 * own timeout for one has passed twice, therefore brings a new client.
 */
function watchHeartbeats({ stuckAfterMs = 25_000, ...options }: MongoOptions): void {
  const client = mongoose.connection.getClient()
  const timers = new Map<string, NodeJS.Timeout>()
  const end = ({ connectionId }: { connectionId: string }) => clearTimeout(timers.get(connectionId))
  const reconnect = async () => {
    for (const timer of timers.values()) clearTimeout(timer)
    client.removeAllListeners('serverHeartbeatStarted')
    while (isWanted) {
      await mongoose.disconnect().catch(() => undefined)
      const isBack = await openClient({ ...options, stuckAfterMs }).then(
        () => true,
        () => false,
      )
      if (isBack) break
    }
    // Nobody waits for this, so nothing of it may be left to fail.
    if (!isWanted) await mongoose.disconnect().catch(() => undefined)
  }
  client.on('serverHeartbeatStarted', ({ connectionId }) => {
    end({ connectionId })
    timers.set(connectionId, setTimeout(() => void reconnect(), stuckAfterMs).unref())
  })
  client.on('serverHeartbeatSucceeded', end)
  client.on('serverHeartbeatFailed', end)
  client.on('serverClosed', ({ address }) => end({ connectionId: address }))
}

/** Whether MongoDB answers within `timeoutMs`. */
export async function isMongoReady(timeoutMs: number): Promise<boolean> {
  const database = mongoose.connection.db
  if (mongoose.connection.readyState !== 1 || !database) return false
  const ping = database.command({ ping: 1 }).then(
    () => true,
    () => false,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  return Promise.race([ping, late]).finally(() => clearTimeout(timer))
}

/** Creates every model's collection and indexes; safe to run at each start and by several processes. */
export async function prepareCollections(): Promise<void> {
  const existing = new Set((await mongoose.connection.listCollections()).map(({ name }) => name))
  for (const model of Object.values(mongoose.models)) {
    if (!existing.has(model.collection.name)) await model.createCollection().catch(ignoreExisting)
    await model.createIndexes()
  }
}

const namespaceExists = 48
function ignoreExisting(error: unknown): void {
  if ((error as { code?: unknown }).code !== namespaceExists) throw error
}

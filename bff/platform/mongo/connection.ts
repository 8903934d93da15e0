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
}

/** Connects the one mongoose connection all models use. @throws when MongoDB cannot be reached in 10 s. */
export async function connectMongo(options: MongoOptions): Promise<void> {
  await mongoose.connect(options.uri, {
    maxPoolSize: options.poolSize,
    serverSelectionTimeoutMS: 10_000,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    retryWrites: true,
  })
}

export const disconnectMongo = (): Promise<void> => mongoose.disconnect()

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

import mongoose from 'mongoose'
import type { LocalServices, MongodbWay } from '#bff/local/services/index'
import { eventually } from '#test/support/eventually'
import {
  activeWay,
  connectToFreshDatabase,
  removeDataDir,
  startOwnServices,
  temporaryDataDir,
} from './local-database'

jest.setTimeout(120_000)

const WRITERS = 8
const START_POINTS = 1_000_000

/** Each part of the database that can be lost; a mongod has but one. */
const parts =
  activeWay === 'documentdb' ? (['postgres', 'gateway', undefined] as const) : ([undefined] as const)
const isOurs = activeWay !== 'configured'

const suite = isOurs ? describe : describe.skip
if (!isOurs)
  process.stderr.write('  not run: kill -9 of the database, for it is configured and not ours to kill\n')

suite(`kill -9 of the database under load (${activeWay})`, () => {
  let dataDir: string
  let services: LocalServices

  beforeAll(async () => {
    dataDir = temporaryDataDir()
    services = (await startOwnServices(dataDir, { only: { mongodb: way(activeWay) } })).services
  })
  afterAll(async () => {
    await services?.stop()
    removeDataDir(dataDir)
  })

  it.each(parts)('loses no acknowledged commit and half-applies none (part: %s)', async (part) => {
    const connection = await connectToFreshDatabase(services.mongodbUri)
    const db = connection.getClient().db(connection.name)
    const accounts = db.collection<{ _id: string; points: number }>('accounts')
    const entries = db.collection<{ _id: string }>('entries')
    const counters = db.collection<{ _id: string; n: number }>('counters')
    const writers = Array.from({ length: WRITERS }, (_, writer) => writer)
    await accounts.insertMany([
      { _id: 'from', points: START_POINTS },
      ...writers.map((writer) => ({ _id: `to${writer}`, points: 0 })),
    ])
    await counters.insertMany(writers.map((writer) => ({ _id: `c${writer}`, n: 0 })))

    const transfers = new Outcomes()
    const increments = new Outcomes()
    let isOver = false
    const transfer = (writer: number, _id: string) =>
      connection.transaction(async (session) => {
        await entries.insertOne({ _id }, { session })
        await accounts.updateOne({ _id: `to${writer}` }, { $inc: { points: 1 } }, { session })
        await accounts.updateOne({ _id: 'from' }, { $inc: { points: -1 } }, { session })
      })
    const write = async (writer: number) => {
      for (let round = 0; !isOver; round += 1) {
        const _id = `${writer}-${round}`
        await transfers.record(_id, transfer(writer, _id))
        await increments.record(_id, counters.updateOne({ _id: `c${writer}` }, { $inc: { n: 1 } }))
      }
    }
    const all = Promise.all(writers.map(write))
    const untilMoreThan = (count: number) =>
      Promise.race([
        all,
        eventually(() => expect(transfers.acknowledged.size).toBeGreaterThan(count), { withinMs: 30_000 }),
      ])

    await untilMoreThan(50)
    await services.mongodb.kill(part)
    const acknowledgedBefore = transfers.acknowledged.size
    await services.mongodb.restart()
    await untilMoreThan(acknowledgedBefore + 100)
    isOver = true
    await all

    const stored = new Set((await entries.find().toArray()).map(({ _id }) => _id))
    expect([...transfers.acknowledged].filter((_id) => !stored.has(_id))).toEqual([])
    expect(
      [...stored].filter((_id) => !transfers.acknowledged.has(_id) && !transfers.unknown.has(_id)),
    ).toEqual([])
    const received = await accounts.find({ _id: /^to/ }).toArray()
    expect(received.reduce((sum, { points }) => sum + points, 0)).toBe(stored.size)
    expect(await accounts.findOne({ _id: 'from' })).toMatchObject({ points: START_POINTS - stored.size })
    const counted = (await counters.find().toArray()).reduce((sum, { n }) => sum + n, 0)
    expect(counted).toBeGreaterThanOrEqual(increments.acknowledged.size)
    expect(counted).toBeLessThanOrEqual(increments.acknowledged.size + increments.unknown.size)
    await connection.close()
  })

  it('serves clients again, without their doing, when it is back', async () => {
    const connection = await connectToFreshDatabase(services.mongodbUri)
    const notes = connection.collection<{ _id: string }>('notes')
    await notes.insertOne({ _id: 'before' })
    await services.mongodb.kill()
    await services.mongodb.restart()
    await eventually(() => notes.updateOne({ _id: 'after' }, { $set: { n: 1 } }, { upsert: true }), {
      withinMs: 5_000,
    })
    expect(await notes.countDocuments()).toBe(2)
    await connection.close()
  })

  it('brings back Redis with its data', async () => {
    const { default: Redis } = await import('ioredis')
    const redis = new Redis(services.redisUrl)
    await redis.set('key', 'value')
    // The append-only file is synced once a second; WAITAOF says when this write is on disk.
    await redis.call('WAITAOF', '1', '0', '5000').catch(() => redis.bgrewriteaof())
    await services.redis.kill()
    await services.redis.restart()
    expect(await redis.get('key')).toBe('value')
    redis.disconnect()
  })
})

/**
 * What became of each write. When the database dies, the driver labels the error of only the first of many operations
 * under way as one to retry; the others fail, and whether they took effect is unknown.
 */
class Outcomes {
  readonly acknowledged = new Set<string>()
  readonly unknown = new Set<string>()

  async record(_id: string, write: Promise<unknown>): Promise<void> {
    try {
      await write
      this.acknowledged.add(_id)
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoNetworkError)) throw error
      this.unknown.add(_id)
    }
  }
}

function way(name: string): MongodbWay {
  if (name === 'mongod' || name === 'memory-server' || name === 'documentdb') return name
  throw new mongoose.Error(`no way to start MongoDB is called ${name}`)
}

import mongoose from 'mongoose'
import type { LocalServices, MongodbWay } from '#bff/local/services/index'
import { eventually } from '#test/support/eventually'
import { activeWay, connectToFreshDatabase, removeDataDir, startOwnServices, temporaryDataDir } from './local-database'

jest.setTimeout(120_000)

const WRITERS = 8
const START_POINTS = 1_000_000

/** Each part of the database that can be lost; a mongod has but one. */
const parts = activeWay === 'documentdb' ? (['postgres', 'gateway', undefined] as const) : ([undefined] as const)
const isOurs = activeWay !== 'configured'

const suite = isOurs ? describe : describe.skip
if (!isOurs) process.stderr.write('  not run: kill -9 of the database, for it is configured and not ours to kill\n')

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
    // Not made beforehand: the writers also race to make it.
    const entries = db.collection<{ _id: string }>('entries')
    const singles = db.collection<{ _id: string; n: number }>('singles')
    await accounts.insertMany([
      { _id: 'from', points: START_POINTS },
      ...Array.from({ length: WRITERS }, (_, writer) => ({ _id: `to${writer}`, points: 0 })),
    ])
    await singles.insertMany(Array.from({ length: WRITERS }, (_, writer) => ({ _id: `s${writer}`, n: 0 })))

    const acknowledged = new Set<string>()
    const increments = Array<number>(WRITERS).fill(0)
    let isOver = false
    const write = async (writer: number) => {
      for (let round = 0; !isOver; round += 1) {
        const _id = `${writer}-${round}`
        await connection.transaction(async (session) => {
          await entries.insertOne({ _id }, { session })
          await accounts.updateOne({ _id: `to${writer}` }, { $inc: { points: 1 } }, { session })
          if (round % 4 === 0) await accounts.updateOne({ _id: 'from' }, { $inc: { points: -4 } }, { session })
        })
        acknowledged.add(_id)
        await singles.updateOne({ _id: `s${writer}` }, { $inc: { n: 1 } })
        increments[writer] = round + 1
      }
    }
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
    const untilMoreThan = (count: number) =>
      Promise.race([writers, eventually(() => expect(acknowledged.size).toBeGreaterThan(count), { withinMs: 30_000 })])

    await untilMoreThan(50)
    await services.mongodb.kill(part)
    const before = acknowledged.size
    await services.mongodb.restart()
    await untilMoreThan(before + 100)
    isOver = true
    await writers

    const stored = new Set((await entries.find().toArray()).map(({ _id }) => _id))
    expect([...acknowledged].filter((_id) => !stored.has(_id))).toEqual([])
    expect(stored.size).toBe(acknowledged.size)
    const received = await accounts.find({ _id: /^to/ }).toArray()
    expect(received.reduce((sum, { points }) => sum + points, 0)).toBe(acknowledged.size)
    const quarters = [...acknowledged].filter((_id) => Number(_id.split('-')[1]) % 4 === 0).length
    expect(await accounts.findOne({ _id: 'from' })).toMatchObject({ points: START_POINTS - 4 * quarters })
    const counted = await singles.find().sort({ _id: 1 }).toArray()
    expect(counted.map(({ n }) => n)).toEqual(increments)
    await connection.close()
  })

  it('makes clients wait while it is away, and serves them when it is back', async () => {
    const connection = await connectToFreshDatabase(services.mongodbUri)
    const notes = connection.collection<{ _id: string }>('notes')
    await notes.insertOne({ _id: 'before' })
    await services.mongodb.kill()
    const during = notes.insertOne({ _id: 'during' })
    await services.mongodb.restart()
    await during
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

function way(name: string): MongodbWay {
  if (name === 'mongod' || name === 'memory-server' || name === 'documentdb') return name
  throw new mongoose.Error(`no way to start MongoDB is called ${name}`)
}

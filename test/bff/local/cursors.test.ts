import type mongoose from 'mongoose'
import { activeWay, connectToFreshDatabase, dropAndClose, failureOf } from './local-database'
import { RawClient } from './raw-client'

const COUNT = 5_000

jest.setTimeout(60_000)

describe(`cursors (${activeWay})`, () => {
  let connection: mongoose.Connection
  let entries: mongoose.mongo.Collection<{ _id: number; rank: number }>

  beforeAll(async () => {
    connection = await connectToFreshDatabase()
    entries = connection.getClient().db(connection.name).collection('entries')
    // 7919 is a prime: the ranks are a permutation of 0 … COUNT - 1.
    await entries.insertMany(Array.from({ length: COUNT }, (_, _id) => ({ _id, rank: (_id * 7919) % COUNT })))
  })
  afterAll(() => dropAndClose(connection))

  const inOrder = Array.from({ length: COUNT }, (_, rank) => rank)

  it.each([{ isIndexed: false }, { isIndexed: true }])(
    'brings a large sorted result in batches (index: $isIndexed)',
    async ({ isIndexed }) => {
      if (isIndexed) await entries.createIndex({ rank: 1 })
      const found = await entries.find().sort({ rank: 1 }).batchSize(300).toArray()
      expect(found.map(({ rank }) => rank)).toEqual(inOrder)
    },
  )

  it('does the same inside a transaction', async () => {
    await connection.transaction(async (session) => {
      const found = await entries.find({}, { session }).sort({ rank: 1 }).batchSize(300).toArray()
      expect(found.map(({ rank }) => rank)).toEqual(inOrder)
    })
  })

  it('brings the result of an aggregation in batches', async () => {
    const pipeline = [
      { $match: { rank: { $gte: 1_000 } } },
      { $sort: { rank: 1 } },
      { $project: { rank: 1 } },
    ]
    const found = await entries.aggregate(pipeline, { batchSize: 300 }).toArray()
    expect(found.map(({ rank }) => rank)).toEqual(inOrder.slice(1_000))
  })

  it('knows a killed cursor no longer', async () => {
    const client = await RawClient.open(process.env.MONGODB_URI ?? '')
    const $db = connection.name
    const first = await client.command({ find: 'entries', sort: { rank: 1 }, batchSize: 10, $db })
    const id = BigInt(String(first.cursor.id))
    const getMore = { getMore: id, collection: 'entries', batchSize: 10, $db }
    expect((await client.command(getMore)).cursor.nextBatch).toHaveLength(10)
    const killed = await client.command({ killCursors: 'entries', cursors: [id], $db })
    expect(killed.cursorsKilled).toHaveLength(1)
    expect(await client.command(getMore)).toMatchObject({ ok: 0, code: 43 })
    client.close()
  })

  it('keeps many open cursors without keeping others waiting', async () => {
    const cursors = Array.from({ length: 200 }, () => entries.find().sort({ rank: 1 }).batchSize(10))
    for (const cursor of cursors) await cursor.next()
    expect(await entries.countDocuments()).toBe(COUNT)
    await Promise.all(cursors.map((cursor) => cursor.close()))
  })

  it('refuses an unknown cursor', async () => {
    const getMore = connection.db?.command({ getMore: 123_456_789n, collection: 'entries' })
    expect((await failureOf(Promise.resolve(getMore))).code).toBe(43)
  })
})

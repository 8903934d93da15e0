import mongoose from 'mongoose'
import { eventually } from '#test/support/eventually'
import { activeWay, connectToFreshDatabase, dropAndClose, failureOf } from './local-database'
import { RawClient } from './raw-client'

jest.setTimeout(60_000)

describe(`what mongoose and its driver ask for (${activeWay})`, () => {
  let connection: mongoose.Connection

  beforeAll(async () => {
    connection = await connectToFreshDatabase()
  })
  afterAll(() => dropAndClose(connection))

  it('presents itself as a primary with sessions, and promises no hello that stays open', async () => {
    const client = await RawClient.open(process.env.MONGODB_URI ?? '')
    const hello = await client.command({ hello: 1, $db: 'admin' })
    expect(hello).toMatchObject({ isWritablePrimary: true, setName: 'rs0', logicalSessionTimeoutMinutes: 30 })
    if (activeWay === 'documentdb') expect(hello.topologyVersion).toBeUndefined()
    client.close()
  })

  it('builds the indexes of a schema, and finds nothing to do the second time', async () => {
    const schema = new mongoose.Schema({ member: String, state: String, expiresAt: Date })
    schema.index({ member: 1, state: -1 })
    schema.index({ member: 1 }, { unique: true, partialFilterExpression: { state: 'open' } })
    schema.index({ expiresAt: 1 }, { expireAfterSeconds: 60 })
    const Claim = connection.model('Claim', schema)
    await Claim.syncIndexes()
    expect(await Claim.diffIndexes()).toEqual({ toDrop: [], toCreate: [] })
    expect(await Claim.syncIndexes()).toEqual([])
    expect(await Claim.collection.indexes()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 60 }),
        expect.objectContaining({
          key: { member: 1 },
          unique: true,
          partialFilterExpression: { state: 'open' },
        }),
      ]),
    )
  })

  it('aggregates with $group, $lookup and $facet', async () => {
    await connection.collection('orders').insertMany([
      { member: 'lan', points: 30 },
      { member: 'lan', points: 20 },
      { member: 'wei', points: 5 },
    ])
    await connection.collection<{ _id: string; name: string }>('members').insertMany([
      { _id: 'lan', name: '兰' },
      { _id: 'wei', name: '伟' },
    ])
    const [result] = await connection
      .collection('orders')
      .aggregate([
        {
          $facet: {
            byMember: [
              { $group: { _id: '$member', points: { $sum: '$points' } } },
              { $lookup: { from: 'members', localField: '_id', foreignField: '_id', as: 'member' } },
              { $sort: { _id: 1 } },
            ],
            largest: [{ $sort: { points: -1 } }, { $limit: 1 }],
          },
        },
      ])
      .toArray()
    expect(result).toMatchObject({
      byMember: [
        { _id: 'lan', points: 50, member: [{ name: '兰' }] },
        { _id: 'wei', points: 5, member: [{ name: '伟' }] },
      ],
      largest: [{ points: 30 }],
    })
  })

  it('counts, lists distinct values and collections', async () => {
    const visits = connection.collection('visits')
    await visits.insertMany([{ page: 'a' }, { page: 'b' }, { page: 'a' }])
    expect(await visits.countDocuments({ page: 'a' })).toBe(2)
    expect(await visits.estimatedDocumentCount()).toBe(3)
    expect((await visits.distinct('page')).sort()).toEqual(['a', 'b'])
    expect(await connection.listCollections()).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'visits' })]),
    )
  })

  it('applies a bulk write of mixed operations', async () => {
    const bulk = connection.collection<{ _id: number; n?: number }>('bulk')
    const result = await bulk.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { n: 5 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 }, replacement: { n: 6 } } },
      { deleteMany: { filter: { n: 2 } } },
    ])
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 2, upsertedCount: 1, deletedCount: 1 })
    expect(await bulk.find().toArray()).toEqual([{ _id: 2, n: 6 }])
  })

  it('changes one document and returns it as it was or as it is', async () => {
    const gifts = connection.collection<{ _id: string; stock: number }>('gifts')
    await gifts.insertOne({ _id: 'cup', stock: 2 })
    const take = { $inc: { stock: -1 } }
    expect(await gifts.findOneAndUpdate({ _id: 'cup', stock: { $gte: 1 } }, take)).toMatchObject({ stock: 2 })
    const after = await gifts.findOneAndUpdate({ _id: 'cup' }, take, { returnDocument: 'after' })
    expect(after).toMatchObject({ stock: 0 })
    expect(await gifts.findOneAndUpdate({ _id: 'cup', stock: { $gte: 1 } }, take)).toBeNull()
    expect(await gifts.findOneAndDelete({ _id: 'cup' })).toMatchObject({ stock: 0 })
  })

  it('ends a command that takes longer than maxTimeMS', async () => {
    const numbers = connection.collection<{ _id: number }>('numbers')
    await numbers.insertMany(Array.from({ length: 3_000 }, (_, _id) => ({ _id })))
    const pipeline = [
      { $lookup: { from: 'numbers', pipeline: [{ $match: { $expr: { $gt: ['$_id', 1] } } }], as: 'all' } },
      { $unwind: '$all' },
      { $group: { _id: '$all._id', n: { $sum: 1 } } },
    ]
    const slow = await failureOf(numbers.aggregate(pipeline, { maxTimeMS: 30 }).toArray())
    expect(slow.code).toBe(50)
    expect(await numbers.countDocuments()).toBe(3_000)
  })

  it('names the error of what it cannot do', async () => {
    const plain = connection.collection('plain')
    expect((await failureOf(plain.updateOne({}, { $nope: { a: 1 } }, { upsert: true }))).code).toBe(9)
    expect((await failureOf(plain.find({ $nope: 1 }).toArray())).code).toBe(2)
    expect((await failureOf(Promise.resolve(connection.db?.command({ nope: 1 })))).code).toBe(59)
  })

  it('passes large documents through and refuses those above 16 MiB', async () => {
    const large = connection.collection<{ _id: string; text: string }>('large')
    await large.insertOne({ _id: 'ten', text: '积'.repeat(3_500_000) })
    expect((await large.findOne({ _id: 'ten' }))?.text).toHaveLength(3_500_000)
    await expect(large.insertOne({ _id: 'seventeen', text: 'x'.repeat(17_000_000) })).rejects.toThrow()
  })

  it('serves 64 clients at once', async () => {
    const clients = await Promise.all(
      Array.from({ length: 64 }, () => RawClient.open(process.env.MONGODB_URI ?? '')),
    )
    const replies = await Promise.all(
      clients.map((client, _id) =>
        client.command({ insert: 'crowd', documents: [{ _id }], $db: connection.name }),
      ),
    )
    for (const client of clients) client.close()
    expect(replies.every((reply) => reply.ok === 1 && reply.n === 1)).toBe(true)
    expect(await connection.collection('crowd').countDocuments()).toBe(64)
  })

  it('deletes what a TTL index says has expired, within a minute or so', async () => {
    const sessions = connection.collection<{ _id: string; expiresAt: Date }>('sessions')
    await sessions.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    const inAnHour = new Date(Date.now() + 3_600_000)
    await sessions.insertMany([
      { _id: 'old', expiresAt: new Date(0) },
      { _id: 'young', expiresAt: inAnHour },
    ])
    await eventually(
      async () => expect((await sessions.find().toArray()).map(({ _id }) => _id)).toEqual(['young']),
      {
        withinMs: 130_000,
        everyMs: 500,
      },
    )
  }, 140_000)
})

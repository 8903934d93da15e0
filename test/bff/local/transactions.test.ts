import type mongoose from 'mongoose'
import { eventually } from '#test/support/eventually'
import { activeWay, connectToFreshDatabase, dropAndClose, failureOf } from './local-database'
import { newSession, RawClient } from './raw-client'

interface Account {
  _id: string
  points: number
}

jest.setTimeout(60_000)

describe(`transactions (${activeWay})`, () => {
  let connection: mongoose.Connection
  let accounts: mongoose.mongo.Collection<Account>

  beforeEach(async () => {
    connection = await connectToFreshDatabase()
    accounts = connection.getClient().db(connection.name).collection('accounts')
    await accounts.insertMany([
      { _id: 'lan', points: 100 },
      { _id: 'wei', points: 0 },
    ])
  })
  afterEach(() => dropAndClose(connection))

  const pointsOf = async (_id: string) => (await accounts.findOne({ _id }))?.points

  it('commits all or nothing, and reads what it wrote itself', async () => {
    await connection.transaction(async (session) => {
      await accounts.updateOne({ _id: 'lan' }, { $inc: { points: -30 } }, { session })
      await accounts.updateOne({ _id: 'wei' }, { $inc: { points: 30 } }, { session })
      expect(await accounts.findOne({ _id: 'wei' }, { session })).toMatchObject({ points: 30 })
      expect(await pointsOf('wei')).toBe(0)
    })
    expect([await pointsOf('lan'), await pointsOf('wei')]).toEqual([70, 30])
  })

  it('leaves nothing when it is aborted', async () => {
    const giveUp = new Error('changed my mind')
    const attempt = connection.transaction(async (session) => {
      await accounts.updateOne({ _id: 'lan' }, { $inc: { points: -30 } }, { session })
      await accounts.insertOne({ _id: 'mei', points: 30 }, { session })
      throw giveUp
    })
    await expect(attempt).rejects.toBe(giveUp)
    expect([await pointsOf('lan'), await pointsOf('mei')]).toEqual([100, undefined])
  })

  it('reads one snapshot from its first read to its end', async () => {
    const session = await connection.startSession()
    session.startTransaction()
    expect(await accounts.findOne({ _id: 'wei' }, { session })).toMatchObject({ points: 0 })
    await accounts.updateMany({}, { $inc: { points: 5 } })
    expect(await accounts.findOne({ _id: 'wei' }, { session })).toMatchObject({ points: 0 })
    await session.abortTransaction()
    await session.endSession()
    expect(await pointsOf('wei')).toBe(5)
  })

  it('labels a write conflict, so that the driver runs the transaction again', async () => {
    const [first, second] = [await connection.startSession(), await connection.startSession()]
    first.startTransaction()
    second.startTransaction()
    await accounts.updateOne({ _id: 'lan' }, { $inc: { points: 1 } }, { session: first })
    const failure = await failureOf(
      accounts.updateOne({ _id: 'lan' }, { $inc: { points: 1 } }, { session: second }),
    )
    expect(failure.code).toBe(112)
    expect(failure.hasErrorLabel('TransientTransactionError')).toBe(true)
    await first.commitTransaction()
    await second.abortTransaction()
    await Promise.all([first.endSession(), second.endSession()])
    expect(await pointsOf('lan')).toBe(101)
  })

  it('is over after an error, whatever the error', async () => {
    const session = await connection.startSession()
    session.startTransaction()
    await accounts.insertOne({ _id: 'mei', points: 1 }, { session })
    const duplicate = await failureOf(accounts.insertOne({ _id: 'lan', points: 1 }, { session }))
    expect(duplicate).toMatchObject({ code: 11000, keyValue: { _id: 'lan' } })
    const after = await failureOf(Promise.resolve(accounts.findOne({ _id: 'lan' }, { session })))
    expect(after.code).toBe(251)
    await session.abortTransaction()
    await session.endSession()
    expect(await pointsOf('mei')).toBeUndefined()
  })

  it('counts exactly when many transactions meet at one document', async () => {
    const spend = () =>
      connection.transaction(async (session) => {
        const { modifiedCount } = await accounts.updateOne(
          { _id: 'lan', points: { $gte: 10 } },
          { $inc: { points: -10 } },
          { session },
        )
        if (modifiedCount === 1)
          await accounts.updateOne({ _id: 'wei' }, { $inc: { points: 10 } }, { session })
        return modifiedCount
      })
    const results = await Promise.all(Array.from({ length: 30 }, spend))
    expect(results).toHaveLength(30)
    expect([await pointsOf('lan'), await pointsOf('wei')]).toEqual([0, 100])
  })

  it('queues more transactions than there are connections to the database, and finishes them all', async () => {
    const many = 200
    const insert = (index: number) =>
      connection.transaction(async (session) => {
        await accounts.insertOne({ _id: `a${index}`, points: index }, { session })
        await accounts.insertOne({ _id: `b${index}`, points: -index }, { session })
      })
    const other = await connectToFreshDatabase()
    await Promise.all(Array.from({ length: many }, (_, index) => insert(index)))
    await dropAndClose(other)
    const [sums] = await accounts
      .aggregate([
        { $match: { _id: /^[ab]/ } },
        { $group: { _id: null, count: { $sum: 1 }, points: { $sum: '$points' } } },
      ])
      .toArray()
    expect(sums).toMatchObject({ count: 2 * many, points: 0 })
  })

  it('lets many transactions at once insert into a collection that none has made yet', async () => {
    const fresh = connection.getClient().db(connection.name).collection<{ _id: number }>('fresh')
    const insert = (_id: number) => connection.transaction((session) => fresh.insertOne({ _id }, { session }))
    await Promise.all(Array.from({ length: 20 }, (_, index) => insert(index)))
    expect(await fresh.countDocuments()).toBe(20)
  })

  it('answers the repetition of a commit as it answered the commit', async () => {
    const client = await RawClient.open(process.env.MONGODB_URI ?? '')
    const transaction = { lsid: newSession(), txnNumber: 1n, autocommit: false }
    const $db = connection.name
    await client.command({
      insert: 'accounts',
      documents: [{ _id: 'mei', points: 1 }],
      ...transaction,
      startTransaction: true,
      $db,
    })
    const commit = { commitTransaction: 1, ...transaction, $db: 'admin' }
    expect(await client.command(commit)).toMatchObject({ ok: 1 })
    expect(await client.command(commit)).toMatchObject({ ok: 1 })
    const never = { ...commit, txnNumber: 2n }
    expect(await client.command(never)).toMatchObject({ ok: 0, code: 251 })
    client.close()
    expect(await pointsOf('mei')).toBe(1)
  })

  it('gives up the transaction of a client that went away', async () => {
    const client = await RawClient.open(process.env.MONGODB_URI ?? '')
    const updates = [{ q: { _id: 'lan' }, u: { $inc: { points: 1 } } }]
    const transaction = { lsid: newSession(), txnNumber: 1n, autocommit: false, startTransaction: true }
    await client.command({ update: 'accounts', updates, ...transaction, $db: connection.name })
    client.close()
    // A mongod keeps it for a minute; the gateway does not let a dead client's locks stand that long.
    if (activeWay !== 'documentdb') return
    await eventually(() => accounts.updateOne({ _id: 'lan' }, { $inc: { points: 5 } }, { maxTimeMS: 500 }), {
      withinMs: 5_000,
    })
    expect(await pointsOf('lan')).toBe(105)
  })
})

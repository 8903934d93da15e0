import type mongoose from 'mongoose'
import { activeWay, connectToFreshDatabase, dropAndClose } from './local-database'
import { newSession, RawClient } from './raw-client'

jest.setTimeout(60_000)

describe(`retried writes (${activeWay})`, () => {
  let connection: mongoose.Connection
  let counters: mongoose.mongo.Collection<{ _id: string; n: number }>
  let client: RawClient

  beforeAll(async () => {
    connection = await connectToFreshDatabase()
    counters = connection.getClient().db(connection.name).collection('counters')
    client = await RawClient.open(process.env.MONGODB_URI ?? '')
  })
  afterAll(async () => {
    client.close()
    await dropAndClose(connection)
  })

  const numberOf = async (_id: string) => (await counters.findOne({ _id }))?.n

  it('applies an update once and answers its repetition as before', async () => {
    await counters.insertOne({ _id: 'update', n: 0 })
    const updates = [{ q: { _id: 'update' }, u: { $inc: { n: 1 } } }]
    const update = { update: 'counters', updates, lsid: newSession(), txnNumber: 1n, $db: connection.name }
    const first = await client.command(update)
    expect(await client.command(update)).toMatchObject({ n: first.n, nModified: 1, ok: 1 })
    expect(await numberOf('update')).toBe(1)
    await client.command({ ...update, txnNumber: 2n })
    expect(await numberOf('update')).toBe(2)
  })

  it('applies an insert once, without calling its repetition a duplicate', async () => {
    const documents = [{ _id: 'insert', n: 1 }]
    const insert = { insert: 'counters', documents, lsid: newSession(), txnNumber: 1n, $db: connection.name }
    expect(await client.command(insert)).toMatchObject({ n: 1, ok: 1 })
    const again = await client.command(insert)
    expect(again).toMatchObject({ n: 1, ok: 1 })
    expect(again.writeErrors).toBeUndefined()
  })

  it('gives the repetition of a findAndModify the document of the first', async () => {
    const command = {
      findAndModify: 'counters',
      query: { _id: 'find_and_modify' },
      update: { $inc: { n: 1 } },
      upsert: true,
      new: true,
      lsid: newSession(),
      txnNumber: 1n,
      $db: connection.name,
    }
    expect(await client.command(command)).toMatchObject({ value: { n: 1 } })
    expect(await client.command(command)).toMatchObject({ value: { n: 1 } })
    expect(await numberOf('find_and_modify')).toBe(1)
  })

  it('applies a delete once', async () => {
    await counters.insertMany([
      { _id: 'delete_1', n: -1 },
      { _id: 'delete_2', n: -1 },
    ])
    const deletes = [{ q: { n: -1 }, limit: 1 }]
    const command = { delete: 'counters', deletes, lsid: newSession(), txnNumber: 1n, $db: connection.name }
    expect(await client.command(command)).toMatchObject({ n: 1 })
    expect(await client.command(command)).toMatchObject({ n: 1 })
    expect(await counters.countDocuments({ n: -1 })).toBe(1)
  })

  it('applies a write once when the repetition overtakes the answer', async () => {
    await counters.insertOne({ _id: 'race', n: 0 })
    const updates = [{ q: { _id: 'race' }, u: { $inc: { n: 1 } } }]
    const clients = await Promise.all(
      Array.from({ length: 8 }, () => RawClient.open(process.env.MONGODB_URI ?? '')),
    )
    const update = { update: 'counters', updates, lsid: newSession(), txnNumber: 1n, $db: connection.name }
    const replies = await Promise.all(clients.map((one) => one.command(update)))
    for (const one of clients) one.close()
    expect(replies.map((reply) => reply.nModified)).toEqual(Array(8).fill(1))
    expect(await numberOf('race')).toBe(1)
  })

  it('refuses a write that is older than the session', async () => {
    const lsid = newSession()
    const insert = (txnNumber: bigint, _id: string) =>
      client.command({
        insert: 'counters',
        documents: [{ _id, n: 1 }],
        lsid,
        txnNumber,
        $db: connection.name,
      })
    await insert(5n, 'new')
    expect(await insert(4n, 'old')).toMatchObject({ ok: 0, code: 225 })
    expect(await numberOf('old')).toBeUndefined()
  })
})

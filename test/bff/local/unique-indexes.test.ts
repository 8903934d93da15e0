import type mongoose from 'mongoose'
import { activeWay, connectToFreshDatabase, dropAndClose, failureOf } from './local-database'

jest.setTimeout(60_000)

describe(`unique indexes (${activeWay})`, () => {
  let connection: mongoose.Connection

  beforeAll(async () => {
    connection = await connectToFreshDatabase()
  })
  afterAll(() => dropAndClose(connection))

  async function claims(name: string) {
    const collection = connection.collection<{ _id: number; member: string; slot: number; n?: number }>(name)
    await collection.createIndex({ member: 1, slot: 1 }, { unique: true })
    await collection.insertMany([
      { _id: 1, member: 'lan', slot: 1 },
      { _id: 2, member: 'lan', slot: 2 },
    ])
    return collection
  }
  const duplicate = {
    code: 11000,
    keyPattern: { member: 1, slot: 1 },
    keyValue: { member: 'lan', slot: 1 },
  }

  it('tells code, pattern and value of a key that an insert repeats', async () => {
    const collection = await claims('insert')
    expect(await failureOf(collection.insertOne({ _id: 3, member: 'lan', slot: 1 }))).toMatchObject(duplicate)
  })

  it('tells the same when the key is the _id', async () => {
    const collection = await claims('insert_id')
    const failure = await failureOf(collection.insertOne({ _id: 1, member: 'wei', slot: 1 }))
    expect(failure).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } })
  })

  it('tells the same when an update runs into a key by $set, by $inc or by replacement', async () => {
    const collection = await claims('update')
    expect(await failureOf(collection.updateOne({ _id: 2 }, { $set: { slot: 1 } }))).toMatchObject(duplicate)
    expect(await failureOf(collection.updateOne({ _id: 2 }, { $inc: { slot: -1 } }))).toMatchObject(duplicate)
    expect(await failureOf(collection.replaceOne({ _id: 2 }, { member: 'lan', slot: 1 }))).toMatchObject(
      duplicate,
    )
  })

  it('tells the same when an upsert runs into a key', async () => {
    const collection = await claims('upsert')
    const upsert = { upsert: true }
    const update = { $set: { member: 'lan', slot: 1 } }
    expect(await failureOf(collection.updateOne({ _id: 3 }, update, upsert))).toMatchObject(duplicate)
    expect(await failureOf(collection.findOneAndUpdate({ _id: 3 }, update, upsert))).toMatchObject(duplicate)
  })

  it('tells the same when findOneAndUpdate runs into a key', async () => {
    const collection = await claims('find_and_modify')
    expect(await failureOf(collection.findOneAndUpdate({ _id: 2 }, { $inc: { slot: -1 } }))).toMatchObject(
      duplicate,
    )
  })

  it('numbers each failed statement of an unordered bulk write and applies the others', async () => {
    const collection = await claims('bulk')
    const failure = await failureOf(
      collection.bulkWrite(
        [
          { insertOne: { document: { _id: 3, member: 'wei', slot: 1 } } },
          { insertOne: { document: { _id: 4, member: 'lan', slot: 1 } } },
          { updateOne: { filter: { _id: 2 }, update: { $set: { slot: 1 } } } },
          { updateOne: { filter: { _id: 1 }, update: { $set: { n: 7 } } } },
          { deleteOne: { filter: { _id: 3 } } },
        ],
        { ordered: false },
      ),
    )
    expect(failure).toMatchObject({
      code: 11000,
      result: { insertedCount: 1, modifiedCount: 1, deletedCount: 1 },
    })
    expect(
      failure.writeErrors.map(({ index, code }: { index: number; code: number }) => [index, code]),
    ).toEqual([
      [1, 11000],
      [2, 11000],
    ])
    expect(await collection.findOne({ _id: 1 })).toMatchObject({ n: 7 })
  })

  it('stops an ordered insert at the first repeated key', async () => {
    const collection = await claims('ordered')
    const documents = [10, 1, 11].map((_id) => ({ _id, member: 'mei', slot: _id }))
    expect(await failureOf(collection.insertMany(documents))).toMatchObject({ code: 11000, insertedCount: 1 })
    expect(await collection.countDocuments({ member: 'mei' })).toBe(1)
  })

  it('lets a partial index hold only the documents it is for', async () => {
    const collection = connection.collection('partial')
    await collection.createIndex({ member: 1 }, { unique: true, partialFilterExpression: { isOpen: true } })
    await collection.insertMany([
      { member: 'lan', isOpen: false },
      { member: 'lan', isOpen: false },
      { member: 'lan', isOpen: true },
    ])
    const failure = await failureOf(collection.insertOne({ member: 'lan', isOpen: true }))
    expect(failure).toMatchObject({ code: 11000, keyPattern: { member: 1 }, keyValue: { member: 'lan' } })
    await failureOf(collection.updateOne({ isOpen: false }, { $set: { isOpen: true } }))
  })

  it('refuses to build an index over keys that repeat', async () => {
    const collection = connection.collection('late')
    await collection.insertMany([{ code: 'a' }, { code: 'a' }])
    const index = connection.db?.command({
      createIndexes: 'late',
      indexes: [{ key: { code: 1 }, name: 'code_1', unique: true }],
    })
    expect(await failureOf(Promise.resolve(index))).toMatchObject({ code: 11000, keyPattern: { code: 1 } })
  })
})

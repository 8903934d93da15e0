import type mongoose from 'mongoose'
import { activeWay, connectToFreshDatabase, dropAndClose } from './local-database'

const CALLERS = 60

jest.setTimeout(60_000)

describe(`races of single writes (${activeWay})`, () => {
  let connection: mongoose.Connection

  beforeAll(async () => {
    connection = await connectToFreshDatabase()
  })
  afterAll(() => dropAndClose(connection))

  function allAtOnce<T>(act: (caller: number) => Promise<T>): Promise<PromiseSettledResult<T>[]> {
    return Promise.allSettled(Array.from({ length: CALLERS }, (_, caller) => act(caller)))
  }

  it('lets exactly as many conditional decrements through as there is stock', async () => {
    const gifts = connection.collection<{ _id: string; stock: number }>('gifts')
    await gifts.insertOne({ _id: 'cup', stock: 20 })
    const results = await allAtOnce(() =>
      gifts.updateOne({ _id: 'cup', stock: { $gte: 1 } }, { $inc: { stock: -1 } }),
    )
    expect(
      results.filter((result) => result.status === 'fulfilled' && result.value.modifiedCount === 1),
    ).toHaveLength(20)
    expect(results.filter((result) => result.status === 'rejected')).toEqual([])
    expect(await gifts.findOne({ _id: 'cup' })).toMatchObject({ stock: 0 })
  })

  it('hands out each number of a counter once', async () => {
    const counters = connection.collection<{ _id: string; last: number }>('counters')
    const next = () =>
      counters.findOneAndUpdate(
        { _id: 'c' },
        { $inc: { last: 1 } },
        { upsert: true, returnDocument: 'after' },
      )
    const results = await allAtOnce(next)
    const numbers = results.map((result) =>
      result.status === 'fulfilled' ? result.value?.last : result.reason,
    )
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: CALLERS }, (_, index) => index + 1))
  })

  it('lets exactly one of many inserts of a unique key through', async () => {
    const claims = connection.collection('claims')
    await claims.createIndex({ member: 1, slot: 1 }, { unique: true })
    const results = await allAtOnce((caller) => claims.insertOne({ member: 'lan', slot: 1, caller }))
    const codes = results.map((result) => (result.status === 'fulfilled' ? 'inserted' : result.reason.code))
    expect(codes.filter((code) => code === 'inserted')).toHaveLength(1)
    expect(codes.filter((code) => code === 11000)).toHaveLength(CALLERS - 1)
  })

  it('lets upserts of one new key all succeed, as one document', async () => {
    const tallies = connection.collection('tallies')
    await tallies.createIndex({ key: 1 }, { unique: true })
    const results = await allAtOnce(() =>
      tallies.updateOne({ key: 'a' }, { $inc: { n: 1 } }, { upsert: true }),
    )
    expect(results.filter((result) => result.status === 'rejected')).toEqual([])
    expect(await tallies.find().toArray()).toMatchObject([{ key: 'a', n: CALLERS }])
  })

  it('lets a new collection and its indexes be made by many at once', async () => {
    const collection = connection.collection('fresh')
    const results = await allAtOnce(async (caller) => {
      if (caller % 3 === 0) await collection.createIndex({ member: 1 }, { unique: true })
      else await collection.insertOne({ member: caller })
    })
    expect(results.filter((result) => result.status === 'rejected')).toEqual([])
    expect(await collection.countDocuments()).toBe(40)
  })
})

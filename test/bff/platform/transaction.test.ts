import { randomUUID } from 'node:crypto'
import { model, Schema } from 'mongoose'
import {
  assertInTransaction,
  inTransaction,
  isDuplicateKey,
  StaleReadError,
} from '#bff/platform/mongo/transaction'
import { connectTestDatabase } from './database'

interface Piece {
  _id: string
  owner: string
  count: number
}
const schema = new Schema<Piece>(
  { _id: { type: String, required: true }, owner: String, count: Number },
  { versionKey: false },
)
const PieceModel = model('TestPiece', schema)
connectTestDatabase()

const read = (owner: string) => PieceModel.find({ owner }).sort({ count: 1 }).lean()
/** Two pieces of a new owner. */
async function twoPieces() {
  const owner = randomUUID()
  await PieceModel.insertMany([1, 2].map((count) => ({ _id: randomUUID(), owner, count })))
  const [first, second] = await read(owner)
  if (!first || !second) throw new Error('the pieces are missing')
  return { owner, first, second }
}
type Pieces = Awaited<ReturnType<typeof twoPieces>>

/** Every kind of write that a feature uses. None is given a session: each must join by itself. */
const writes: Record<string, (pieces: Pieces) => Promise<unknown>> = {
  insertMany: ({ owner }) => PieceModel.insertMany([{ _id: randomUUID(), owner, count: 3 }]),
  create: ({ owner }) => PieceModel.create({ _id: randomUUID(), owner, count: 3 }),
  updateOne: ({ first }) => PieceModel.updateOne({ _id: first._id }, { $inc: { count: 10 } }),
  upsert: ({ owner }) =>
    PieceModel.updateOne({ _id: randomUUID() }, { $set: { owner, count: 3 } }, { upsert: true }),
  updateMany: ({ owner }) => PieceModel.updateMany({ owner }, { $inc: { count: 10 } }),
  findOneAndUpdate: ({ first }) => PieceModel.findOneAndUpdate({ _id: first._id }, { $inc: { count: 10 } }),
  deleteOne: ({ first }) => PieceModel.deleteOne({ _id: first._id }),
  deleteMany: ({ owner }) => PieceModel.deleteMany({ owner }),
}

test.each(Object.entries(writes))(
  '%s joins by itself: aborted it leaves nothing, committed it stays',
  async (_name, write) => {
    const pieces = await twoPieces()
    const before = await read(pieces.owner)
    const aborted = inTransaction(async () => {
      await write(pieces)
      // Inside it is seen, outside it is not.
      expect(await read(pieces.owner)).not.toEqual(before)
      throw new Error('changed my mind')
    })
    await expect(aborted).rejects.toThrow('changed my mind')
    expect(await read(pieces.owner)).toEqual(before)
    await inTransaction(() => write(pieces))
    expect(await read(pieces.owner)).not.toEqual(before)
  },
)

test('reads of all kinds see what the transaction wrote', async () => {
  const { owner, first } = await twoPieces()
  await inTransaction(async () => {
    await PieceModel.insertMany([{ _id: randomUUID(), owner, count: 3 }])
    expect(await PieceModel.countDocuments({ owner })).toBe(3)
    expect(await PieceModel.exists({ owner, count: 3 })).not.toBeNull()
    expect(await PieceModel.aggregate([{ $match: { owner } }])).toHaveLength(3)
    expect((await PieceModel.findById(first._id).lean())?.count).toBe(1)
  })
})

test('increments that race are all counted', async () => {
  const { first } = await twoPieces()
  await Promise.all(
    Array.from({ length: 10 }, () =>
      inTransaction(async () => {
        const { count } = (await PieceModel.findById(first._id).lean()) ?? { count: 0 }
        await PieceModel.updateOne({ _id: first._id }, { $set: { count: count + 1 } })
      }),
    ),
  )
  expect((await PieceModel.findById(first._id).lean())?.count).toBe(11)
})

test('a stale read is tried again, another error is not', async () => {
  let attempts = 0
  const result = await inTransaction(async () => {
    attempts += 1
    if (attempts < 3) throw new StaleReadError('a piece')
    return attempts
  })
  expect(result).toBe(3)
  const failing = inTransaction(async () => {
    attempts += 1
    throw new Error('broken')
  })
  await expect(failing).rejects.toThrow('broken')
  expect(attempts).toBe(4)
})

test('what stays stale ends in service.busy and leaves nothing', async () => {
  const { owner } = await twoPieces()
  const never = inTransaction(
    async () => {
      await PieceModel.insertMany([{ _id: randomUUID(), owner, count: 3 }])
      throw new StaleReadError('a piece')
    },
    { timeoutMs: 50 },
  )
  await expect(never).rejects.toMatchObject({ code: 'service.busy', retryAfterSeconds: 1 })
  expect(await read(owner)).toHaveLength(2)
})

test('a duplicate key is told from other errors, inside and outside', async () => {
  const { owner, first } = await twoPieces()
  const again = () => PieceModel.insertMany([{ _id: first._id, owner, count: 9 }])
  for (const attempt of [again(), inTransaction(again)]) {
    const error: unknown = await attempt.then(
      () => undefined,
      (failure: unknown) => failure,
    )
    expect(isDuplicateKey(error)).toBe(true)
  }
  expect(isDuplicateKey(new Error('another'))).toBe(false)
  expect(await read(owner)).toHaveLength(2)
})

test('a step for transactions refuses to run outside one, also after one has ended', async () => {
  expect(assertInTransaction).toThrow('must run inside a transaction')
  await inTransaction(async () => assertInTransaction())
  expect(assertInTransaction).toThrow('must run inside a transaction')
})

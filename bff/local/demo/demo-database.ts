import mongoose from 'mongoose'
import { DemoProblem } from './problem'

/** Whether the demo world is complete. Written before and after seeding, so that half a world is noticed. */
export interface DemoState {
  startedAt: Date
  seededAt: Date | null
  /** What the documents look like; a world of another format is made anew. */
  format: number
}

const format = 2

type Connection = mongoose.Connection
const stateId = 'world'

const stateOf = (connection: Connection) => connection.collection<DemoState & { _id: string }>('demo_state')

async function withDatabase<T>(uri: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise()
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/**
 * Gives the state of a complete demo world, or null for a database that is now empty: an incomplete or outdated
 * world is dropped, and a complete one when `isReset`.
 * @throws DemoProblem for a database of somebody's own (`isConfigured`) that holds what the demo did not put there
 */
export const openDemoDatabase = (
  uri: string,
  options: { isReset: boolean; isConfigured: boolean },
): Promise<DemoState | null> =>
  withDatabase(uri, async (connection) => {
    const state = await stateOf(connection).findOne({ _id: stateId })
    if (state?.seededAt && state.format === format && !options.isReset) return state
    const isForeign = !state && (await connection.collection('members').findOne({})) !== null
    if (isForeign && options.isConfigured) throw foreignData(connection.name)
    await connection.dropDatabase()
    return null
  })

const foreignData = (name: string) =>
  new DemoProblem(
    `MONGODB_URI 指向的数据库 ${name} 里有别的数据，演示不会动它。请换一个空的数据库名，或去掉 MONGODB_URI。\n` +
      `The database ${name} of MONGODB_URI holds data that is not the demo's. Name an empty one, or unset MONGODB_URI.`,
  )

/** Seeds between two marks. */
export async function seedBetweenMarks(uri: string, seed: () => Promise<void>): Promise<void> {
  const mark = (state: DemoState) =>
    withDatabase(uri, (connection) =>
      stateOf(connection).updateOne({ _id: stateId }, { $set: state }, { upsert: true }),
    )
  const startedAt = new Date()
  await mark({ startedAt, seededAt: null, format })
  await seed()
  await mark({ startedAt, seededAt: new Date(), format })
}

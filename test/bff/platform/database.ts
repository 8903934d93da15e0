import mongoose from 'mongoose'
import { connectMongo, disconnectMongo, prepareCollections } from '#bff/platform/mongo/connection'
import { testEnv } from '#test/support/environment'

/** A database of the file's own, with the collections of the models it imports. */
export function connectTestDatabase(): void {
  beforeAll(async () => {
    await connectMongo({ uri: testEnv().MONGODB_URI, poolSize: 10 })
    await prepareCollections()
  })
  afterAll(async () => {
    await mongoose.connection.dropDatabase()
    await disconnectMongo()
  })
}

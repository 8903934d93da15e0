import mongoose from 'mongoose'
import { connectMongo, disconnectMongo, isMongoReady } from '#bff/platform/mongo/connection'
import { testEnv } from '#test/support/environment'
import { eventually } from '#test/support/eventually'

afterEach(() => disconnectMongo())

test('a heartbeat that never ends brings a new client, and work goes on', async () => {
  await connectMongo({ uri: testEnv().MONGODB_URI, poolSize: 2, stuckAfterMs: 200 })
  const stuck = mongoose.connection.getClient()
  const { host, port } = mongoose.connection
  // As the driver announces it; that it forgets to end it cannot be brought about at will.
  const started = { connectionId: `${host}:${port}`, awaited: false }
  stuck.emit('serverHeartbeatStarted', started as mongoose.mongo.ServerHeartbeatStartedEvent)
  await eventually(() => expect(mongoose.connection.getClient()).not.toBe(stuck), { withinMs: 10_000 })
  await eventually(async () => expect(await isMongoReady(1_000)).toBe(true), { withinMs: 10_000 })
})

import type { AddressInfo } from 'node:net'
import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import { Redis } from 'ioredis'
import Koa from 'koa'
import pLimit from 'p-limit'
import { Counter, collectDefaultMetrics, register } from 'prom-client'
import { limits } from '#shared/domain/limits'
import { postRawCheckIn, type RawCheckInRequest } from './raw-check-in'
import { connectRaw, floorRetries, type RawDatabase } from './raw-database'
import { placeRawOrder, type RawOrderRequest, RawRefusal } from './raw-order'

/** What a careful person would write by hand for each scenario and nothing more: what Jili is measured against. */
async function main(): Promise<void> {
  const redis = new Redis(process.env.REDIS_URL ?? '')
  const database = await connectRaw(process.env.MONGODB_URI ?? '')
  const app = new Koa()
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: limits.requestBodyBytes, jsonStrict: true }))
  app.use(createRoutes(redis, database).routes())
  const server = app.listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ listening: (server.address() as AddressInfo).port }))
  })
  server.keepAliveTimeout = 65_000
  process.on('SIGTERM', () => {
    server.close()
    server.closeAllConnections()
    redis.disconnect()
    void database.close().then(() => process.exit(0))
  })
}

function createRoutes(redis: Redis, database: RawDatabase): Router {
  // One document takes one transaction at a time; a queue spares the others their aborted attempts.
  const queue = pLimit(1)
  const place = (request: unknown) => placeRawOrder(database, request as RawOrderRequest)
  const router = new Router()
  router.post('/orders', async (ctx) => answer(ctx, () => place(ctx.request.body)))
  router.post('/queued-orders', async (ctx) => answer(ctx, () => queue(() => place(ctx.request.body))))
  router.post('/check-ins', async (ctx) =>
    answer(ctx, () => postRawCheckIn(database, ctx.request.body as RawCheckInRequest)),
  )
  router.post('/refusals', async (ctx) => {
    const { giftId } = (ctx.request.body as { items: [{ giftId: string }] }).items[0]
    if ((await redis.get(`floor:sold-out:${giftId}`)) === '1') refuse(ctx, 'gift.sold_out')
  })
  router.post('/marks', async (ctx) => {
    const { giftId } = ctx.request.body as { giftId: string }
    await redis.set(`floor:sold-out:${giftId}`, '1', 'EX', 3_600)
    ctx.status = 204
  })
  router.post('/replays', async (ctx) => {
    const { id } = ctx.request.body as { id: string }
    const record = await database.collection('idempotency_records').findOne({ _id: id })
    ctx.status = record?.status ?? 404
    ctx.body = JSON.parse(record?.body ?? '{}')
  })
  router.get('/entries/:memberId', async (ctx) => {
    ctx.body = await database
      .collection('journal_entries')
      .find({ memberId: ctx.params.memberId, kind: { $ne: 'capture' } })
      .sort({ seq: -1 })
      .limit(21)
      .toArray()
  })
  router.get('/metrics', async (ctx) => {
    ctx.type = register.contentType
    ctx.body = await register.metrics()
  })
  return router
}

async function answer(ctx: Koa.Context, work: () => Promise<object>): Promise<void> {
  try {
    const body = await work()
    ctx.status = 201
    ctx.body = body
  } catch (error) {
    if (!(error instanceof RawRefusal)) throw error
    refuse(ctx, error.message)
  }
}

function refuse(ctx: Koa.Context, code: string): void {
  ctx.status = 409
  ctx.body = { error: { code, message: '已经换完了', details: {}, requestId: '0'.repeat(32) } }
}

collectDefaultMetrics()
let reported = 0
new Counter({
  name: 'jili_transaction_retries_total',
  help: 'Transaction attempts after the first.',
  collect() {
    this.inc(floorRetries() - reported)
    reported = floorRetries()
  },
})

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})

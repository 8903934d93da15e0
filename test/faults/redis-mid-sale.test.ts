import assert from 'node:assert'
import { Redis } from 'ioredis'
import { redisKeys } from '#bff/platform/redis/keys'
import { type OwnRedis, startOwnRedis } from '#test/bff/platform/own-redis'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { inParallel, tally, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { eventually } from '#test/support/eventually'
import { createFactories, type Factories } from '#test/support/factories'

const crowd = 100
const stock = 10
/** So long after Redis is back, locks, gate and jobs are too. */
const recoveredWithinMs = 60_000
/** However Redis fails, waiting for it may not be what a sale consists of. */
const soldWithinMs = 60_000

let server: OwnRedis
let bff: BffProcess
let make: Factories
let tokens: string[]

beforeAll(async () => {
  server = await startOwnRedis()
  bff = await startBffProcess(testSettings({ REDIS_URL: server.url }))
  make = createFactories(bff.send)
  const members = await inParallel(Array.from({ length: crowd }), 8, () => make.member())
  tokens = members.map(({ token }) => token)
})
afterAll(async () => {
  await bff.stop()
  await server.kill()
})

const restart = async () => {
  await server.kill()
  await server.start()
}
const flush = async () => {
  const redis = new Redis(server.url)
  await redis.flushall()
  redis.disconnect()
}
const nothing = async () => undefined

interface Fault {
  how: string
  strike(): Promise<void>
  /** After the sale. */
  end(): Promise<void>
}

const faults: Fault[] = [
  { how: 'gone', strike: () => server.kill(), end: () => server.start() },
  { how: 'restarted, empty', strike: restart, end: nothing },
  { how: 'flushed', strike: flush, end: nothing },
  { how: 'frozen', strike: async () => server.freeze(), end: async () => server.thaw() },
]

test.each(faults)(
  'Redis $how in mid-sale: slower, never wrong, and it comes back by itself',
  async (fault) => {
    const gift = await make.gift({ stock, perMemberLimit: 1, pricePoints: 1 })
    const beganAt = performance.now()
    let struck: Promise<void> | undefined
    let left = stock
    const answers = await inParallel(tokens, 20, async (token) => {
      const answer = await untilTyped(() => order(token, gift.id))
      if (answer.status === 201) left -= 1
      if (left <= stock / 2) struck ??= fault.strike()
      return answer
    })
    const saleMs = performance.now() - beganAt
    await struck
    await fault.end()
    expect(tally(answers)).toEqual({ '201': stock, 'gift.sold_out': crowd - stock })
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
    const backAt = performance.now()
    await expectRecovery(gift.id)
    const recoveryMs = performance.now() - backAt
    process.stdout.write(
      `Redis ${fault.how}: sale in ${Math.round(saleMs)} ms, recovery in ${Math.round(recoveryMs)} ms\n`,
    )
    expect(saleMs).toBeLessThan(soldWithinMs)
    await make.expectCleanLedger()
  },
  300_000,
)

const order = (token: string | undefined, giftId: string) =>
  bff.send('POST', '/api/member/orders', { token, body: { items: [{ giftId, quantity: 1 }] } })

/** The same BFF, never restarted, locks, marks and delivers again. */
async function expectRecovery(soldOutGiftId: string): Promise<void> {
  const redis = new Redis(server.url)
  const monitor = await redis.monitor()
  const commands: string[] = []
  monitor.on('monitor', (_time: string, words: string[]) => commands.push(words.join(' ')))
  const later = await make.gift({ stock: 1_000, pricePoints: 1 })
  const buyer = await make.member()
  const attempt = async () => {
    assert.strictEqual((await order(buyer.token, later.id)).status, 201)
    assert.strictEqual((await order(buyer.token, soldOutGiftId)).status, 409)
    const hasLocked = commands.some(
      (command) => /^evalsha/i.test(command) && command.includes(redisKeys.giftLock(later.id)),
    )
    assert.ok(hasLocked, 'no lock')
    const mark = redisKeys.soldOutMark(soldOutGiftId, soldOutGiftId)
    assert.ok(await redis.exists(mark), 'no mark')
    const readiness = await bff.send('GET', '/readyz')
    assert.deepStrictEqual(readiness.body, { status: 'ready', mongodb: true, redis: true })
  }
  await eventually(attempt, { withinMs: recoveredWithinMs, everyMs: 200 })
  const isTold = async () => {
    const { body } = await bff.send('GET', '/api/member/inbox', { token: buyer.token })
    assert.ok(body.items.some(({ title }: { title: string }) => title === '兑换成功'))
  }
  await eventually(isTold, { withinMs: recoveredWithinMs, everyMs: 200 })
  monitor.disconnect()
  redis.disconnect()
}

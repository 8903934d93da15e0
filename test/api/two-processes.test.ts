import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { inParallel, many, tally, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { success } from './setting'

describe.each(['on', 'off'])('two processes on one database, Redis locks %s', (locks) => {
  const settings = () => testSettings({ REDIS_LOCKS: locks, MONGODB_POOL_SIZE: '20' })
  let shared: NodeJS.ProcessEnv
  let processes: [BffProcess, BffProcess]

  beforeAll(async () => {
    shared = settings()
    // One after the other, so that the first makes the owner whom both know.
    processes = [await startBffProcess(shared), await startBffProcess(shared)]
  }, 30_000)
  afterAll(async () => {
    await Promise.all(processes.map((bff) => bff.stop()))
    const client = await MongoClient.connect(String(shared.MONGODB_URI))
    await client.db().dropDatabase()
    await client.close()
  })

  test('100 members on a stock of 10 get exactly 10 gifts, whichever process they ask', async () => {
    const [first] = processes
    const make = createFactories(first.send)
    const gift = await make.gift({ stock: 10, perMemberLimit: 1 })
    const members = await many(100, () => make.member())
    const answers = await inParallel(members, 100, ({ token }, index) => {
      const { send } = index % 2 === 0 ? processes[0] : processes[1]
      const body = { items: [{ giftId: gift.id, quantity: 1 }] }
      const key = randomUUID()
      return untilTyped(() => send('POST', '/api/member/orders', { token, key, body }))
    })
    expect(tally(answers)).toEqual({ '201': 10, 'gift.sold_out': 90 })
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
    await make.expectCleanLedger()
  }, 40_000)

  test('a key answers the same after its process was killed, from the other and from a new one', async () => {
    const [first, second] = processes
    const make = createFactories(first.send)
    const gift = await make.gift({ stock: 5 })
    const { token } = await make.member()
    const key = randomUUID()
    const place = ({ send }: BffProcess) =>
      send('POST', '/api/member/orders', { token, key, body: { items: [{ giftId: gift.id, quantity: 1 }] } })
    const answer = success(await place(first), 201)
    await first.kill()
    expect(success(await place(second), 201)).toEqual(answer)
    const reborn = await startBffProcess(shared)
    processes = [reborn, second]
    expect(success(await place(reborn), 201)).toEqual(answer)
    const again = createFactories(reborn.send)
    expect((await again.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(4)
    await again.expectCleanLedger()
  }, 30_000)
})

import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { inParallel, tally, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { success } from './setting'

/** Two processes as in production, on one database. One starts after the other, so that both know one owner. */
async function withTwoProcesses(
  settings: NodeJS.ProcessEnv,
  work: (processes: BffProcess[]) => Promise<void>,
): Promise<void> {
  const processes: BffProcess[] = []
  try {
    for (let count = 0; count < 2; count += 1) processes.push(await startBffProcess(settings))
    await work(processes)
  } finally {
    for (const bff of processes) await bff.stop()
    const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
    await connection.dropDatabase()
    await connection.close()
  }
}

/** 100 members, half of them at each process, ask for 10 pieces, 12 of them at a time. */
async function redeemAsCrowd(processes: BffProcess[]): Promise<void> {
  const sendOf = (index: number) => {
    const bff = processes[index % processes.length]
    if (!bff) throw new Error('no process runs')
    return bff.send
  }
  const make = createFactories(sendOf(0))
  const gift = await make.gift({ stock: 10, perMemberLimit: 1 })
  const tokens = await inParallel(
    Array.from({ length: 100 }),
    16,
    async (_nothing, index): Promise<string> => {
      const body = { code: `demo-${randomUUID()}` }
      return success(await sendOf(index)('POST', '/api/member/session', { body })).token
    },
  )
  const body = { items: [{ giftId: gift.id, quantity: 1 }] }
  const answers = await inParallel(tokens, 12, (token, index) => {
    const key = randomUUID()
    return untilTyped(() => sendOf(index)('POST', '/api/member/orders', { token, key, body }))
  })
  expect(tally(answers)).toEqual({ '201': 10, 'gift.sold_out': 90 })
  expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
  await make.expectCleanLedger()
}

test.each(['on', 'off'])(
  '100 members at two processes get exactly the 10 pieces there are, Redis locks %s',
  async (locks) => withTwoProcesses(testSettings({ REDIS_LOCKS: locks }), redeemAsCrowd),
  120_000,
)

test('a key answers the same after its process was killed: from the other and from a new one', async () => {
  const settings = testSettings()
  await withTwoProcesses(settings, async (processes) => {
    const [first, second] = processes as [BffProcess, BffProcess]
    const make = createFactories(second.send)
    const gift = await make.gift({ stock: 5 })
    const { token } = await make.member()
    const key = randomUUID()
    const body = { items: [{ giftId: gift.id, quantity: 1 }] }
    const place = ({ send }: BffProcess) => send('POST', '/api/member/orders', { token, key, body })
    const answer = success(await place(first), 201)
    await first.kill()
    expect(success(await place(second), 201)).toEqual(answer)
    const reborn = await startBffProcess(settings)
    processes[0] = reborn
    expect(success(await place(reborn), 201)).toEqual(answer)
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(4)
    await make.expectCleanLedger()
  })
}, 120_000)

import { request } from 'node:http'
import mongoose from 'mongoose'
import { restartDelayMs } from '#bff/supervisor'
import { type BffProcess, startBffProcess } from '#test/support/app'
import type { Answer, Json } from '#test/support/client'
import { inParallel, many } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { eventually } from '#test/support/eventually'
import { createFactories } from '#test/support/factories'

let bff: BffProcess
let settings: NodeJS.ProcessEnv
const log: Json[] = []

beforeAll(async () => {
  settings = testSettings({ LOG_LEVEL: 'error' })
  bff = await startBffProcess(settings, 'test/support/crashing-bff.main.ts', (line) => log.push(line))
})
afterAll(async () => {
  await bff.stop()
  const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
  await connection.dropDatabase()
  await connection.close()
})

/** Over a connection of its own, which only a process that still takes new ones can answer. */
const get = (path: string): Promise<Json> =>
  new Promise((resolve, reject) => {
    request(`${bff.baseUrl}${path}`, { agent: false, timeout: 60_000 }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      resolve(JSON.parse(Buffer.concat(chunks).toString()))
    })
      .on('error', reject)
      .end()
  })
const pid = async (): Promise<number> => (await get('/api/test/pid')).pid
const raise = (kind: string) => bff.send('POST', '/api/test/faults', { body: { kind } })
/** Fails at once when a connection is refused meanwhile. */
async function untilReplaced(old: number): Promise<void> {
  let now = old
  await eventually(
    async () => {
      now = await pid().catch(() => 0)
      expect(now).not.toBe(old)
    },
    { withinMs: 100_000, everyMs: 100 },
  )
  expect(now).toBeGreaterThan(0)
}

test('what nobody foresaw refuses nobody: what is under way is answered, and a new process takes what comes', async () => {
  const kinds = ['exception', 'rejection', 'stream', 'emitter', 'timer']
  const old = await pid()
  const held = get('/api/test/held')
  for (const kind of kinds) expect((await raise(kind)).status).toBe(200)
  await untilReplaced(old)
  expect(await held).toEqual({ pid: old })
  await eventually(() => expect(() => process.kill(old, 0)).toThrow('ESRCH'), { withinMs: 30_000 })
  expect(bff.process.exitCode).toBeNull()
  expect(log).toHaveLength(kinds.length)
  for (const line of log)
    expect(line).toMatchObject({ level: 60, pid: old, err: { name: 'Error', message: 'a planted fault' } })
})

test('no acknowledged order is lost and none is made twice, in whatever moment the process fails', async () => {
  const make = createFactories(bff.send)
  const gift = await make.gift({ stock: 100 })
  const members = await many(24, () => make.member())
  const old = await pid()
  const acknowledged: string[] = []
  const order = async (token: string, key: string): Promise<Answer<Json>> => {
    const body = { items: [{ giftId: gift.id, quantity: 1 }] }
    const answer = await bff.send('POST', '/api/member/orders', { token, key, body })
    if (answer.status === 201) acknowledged.push(answer.body.order.id)
    return answer
  }
  await inParallel(members, 12, async ({ token, id }, nth) => {
    if (nth === 6) await raise('exception')
    // Who got no answer asks again under the same key, as the mini program does.
    await eventually(async () => expect((await order(token, id)).status).toBe(201), { withinMs: 60_000 })
  })
  await untilReplaced(old)
  const { token } = members[0] as { token: string }
  expect((await bff.send('GET', '/api/member/orders', { token })).body.items).toHaveLength(1)
  expect(new Set(acknowledged).size).toBe(24)
  expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(76)
  await make.expectCleanLedger()
})

test('a process that dies on the spot is replaced on the same port', async () => {
  const old = await pid()
  process.kill(old, 'SIGKILL')
  await eventually(async () => expect(await pid()).not.toBe(old), { withinMs: 60_000 })
})

test('who fails again and again is started later and later, and in the end no more', () => {
  const delays = Array.from({ length: 11 }, (_, index) => restartDelayMs(index + 1))
  expect(delays).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, null])
})

test('a first start with wrong settings ends at once and says why', async () => {
  const start = startBffProcess({ ...settings, CODE_LOOKUP_KEY: 'wrong' }, 'bff/main.ts')
  await expect(start).rejects.toThrow('ended with 1 before it listened')
})

test('SIGTERM ends the process and its supervisor in good order', async () => {
  const other = await startBffProcess(settings)
  await other.stop()
  expect(other.process.exitCode).toBe(0)
})

test('SIGTERM while a new process starts ends that one too', async () => {
  const other = await startBffProcess(settings, 'test/support/crashing-bff.main.ts')
  expect((await other.send('POST', '/api/test/faults', { body: { kind: 'timer' } })).status).toBe(200)
  await other.stop()
  expect(other.process.signalCode).toBeNull()
})

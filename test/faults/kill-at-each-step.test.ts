import assert from 'node:assert'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { activeWay } from '#test/bff/local/local-database'
import type { Answer, Json } from '#test/support/client'
import { eventually } from '#test/support/eventually'
import { drawn, isSoak, seed } from '#test/support/seed'
import { FaultWorld, type Victim, victims } from './fault-world'
import { type Attempt, expectToBuy, type Flow, flows, readMember, type Shop } from './redemption-flows'

/** So long after the last of what was killed is back, everything is whole and nothing is stuck. */
const recoveredWithinMs = 60_000
/** What a relay had taken when it died comes up again so much later. */
const relayTriesAgainMs = 31_000
const stock = 10_000
const pricePoints = 50
const memberPoints = 100

const isOurs = activeWay !== 'configured'
const suite = isOurs ? describe : describe.skip
if (!isOurs) process.stderr.write('  not run: kill -9 at each step, for the database is not ours to kill\n')

suite('kill -9 at each step of a redemption', () => {
  let world: FaultWorld
  let shop: Shop
  /** Pieces of the gift that members have taken so far. */
  let taken = 0

  beforeAll(async () => {
    world = await FaultWorld.start()
    const gift = await world.make.gift({ stock, pricePoints, perMemberLimit: 2 })
    shop = { giftId: gift.id, staffOpenid: (await world.make.staff()).openid }
  })
  afterAll(() => world?.stop())

  test.each(flows)(
    '$name: all promises hold, nothing stays stuck',
    async (flow) => {
      const startedAt = performance.now()
      const undisturbed = await flow.prepare(world, shop)
      const steps = await world.record(flow.name, flow.lastStep, undisturbed.send)
      await judgeMember(undisturbed, true)
      const played: Attempt[] = [undisturbed]
      const recoveriesMs: number[] = []
      const failures: string[] = []
      const cases = casesOf(steps)
      for (const one of cases) {
        const attempt = await flow.prepare(world, shop)
        played.push(attempt)
        await play(flow, attempt, one).then(
          (recoveryMs) => recoveriesMs.push(recoveryMs),
          (error: unknown) => failures.push(`${JSON.stringify(one)}: ${error}`),
        )
      }
      await world.later(relayTriesAgainMs, async () => {
        for (const attempt of played)
          await promptly(() => judgeMessages(attempt)).catch((error: unknown) => failures.push(String(error)))
      })
      const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
      process.stdout.write(
        `${flow.name}: ${cases.length} faults at ${steps.length} steps in ${seconds(performance.now() - startedAt)}, ` +
          `slowest recovery ${seconds(Math.max(...recoveriesMs))}, SEED=${seed}\n`,
      )
      expect(failures).toEqual([])
    },
    7_200_000,
  )

  /** Strikes once, lets the client do what clients do, and judges. @returns how long it took to recover */
  async function play(flow: Flow, attempt: Attempt, one: Case): Promise<number> {
    const struck = world.strikeAt({ ...one, flow: flow.name })
    const first = await attempt.send().catch(() => null)
    const wasStruck = await isSoon(struck)
    await world.recover()
    const backAt = performance.now()
    const isDone = first !== null && first.status < 300
    if (!isDone && !one.givesUp) await promptly(() => sendAgain(attempt))
    await promptly(() => judgeMember(attempt, isDone || !one.givesUp))
    await promptly(() => expectToBuy(world, attempt.memberToken, shop.giftId))
    await promptly(async () => expectToBuy(world, (await world.make.member()).token, shop.giftId))
    taken += 2
    await promptly(judgeShop)
    assert.ok(wasStruck, 'the step was not reached')
    judgeAnswer(first, one.victim)
    return performance.now() - backAt
  }

  /** An order or none, with all that belongs to it, as far as one transaction makes it so. */
  async function judgeMember(attempt: Attempt, isDone: boolean): Promise<void> {
    const { orders, available, frozen } = await readMember(world, attempt.memberToken)
    assert.ok(orders.length <= 1, `${orders.length} orders`)
    const [order = null] = orders
    const { done, undone } = attempt.allowed
    const state = order?.state ?? null
    assert.ok(state === done || (!isDone && state === undone), `the order is ${state}`)
    const isKept = state === 'to_pick_up' || state === 'completed'
    const balance = {
      available: memberPoints - (isKept ? pricePoints : 0),
      frozen: state === 'to_pick_up' ? pricePoints : 0,
    }
    assert.deepStrictEqual({ available, frozen }, balance)
    taken += isKept ? 1 : 0
  }

  /** What all promises say of the whole: points add up, and each piece is in stock or with a member. */
  async function judgeShop(): Promise<void> {
    await world.make.expectCleanLedger()
    const { gift } = await world.make.admin('GET', `/api/admin/gifts/${shop.giftId}`)
    assert.strictEqual(gift.stock, stock - taken)
  }

  /** Each change of an order is told once. */
  async function judgeMessages({ memberToken }: Attempt): Promise<void> {
    const { orders, messages } = await readMember(world, memberToken)
    const told = messages.filter(({ orderId }) => orderId !== null)
    const due = orders.flatMap(({ id, state }) =>
      ['兑换成功', ...(messageOf[state] ?? [])].map((title) => `${id} ${title}`),
    )
    assert.deepStrictEqual(told.map(({ orderId, title }) => `${orderId} ${title}`).sort(), due.sort())
  }
})

const messageOf: Record<string, string[]> = { completed: ['礼品已领取'], cancelled: ['订单已取消'] }

interface Case {
  step: string
  victim: Victim
  isBackAtOnce: boolean
  givesUp: boolean
}

/** The order may be there, and the client has no answer: what idempotency keys are for. */
const unanswered: Case[] = [
  { step: 'before the answer', victim: 'bff' as const },
  ...victims
    .filter((victim) => victim !== 'redis')
    .map((victim) => ({ step: 'sent commitTransaction', victim })),
].map((one) => ({ ...one, isBackAtOnce: true, givesUp: false }))

/**
 * Those that FAULTS names, as a failure prints them, to play them again. Else every step and victim in the soak; in
 * `npm test` a third of the steps, the victims in turn. And always the unanswered ones.
 */
function casesOf(steps: readonly string[]): Case[] {
  if (process.env.FAULTS) return JSON.parse(process.env.FAULTS) as Case[]
  const third = Math.ceil(steps.length / 3)
  const chosen = drawn(fc.shuffledSubarray([...steps], { minLength: third, maxLength: third }))
  const named = isSoak
    ? steps.flatMap((step) => victims.map((victim) => ({ step, victim })))
    : chosen.map((step, index) => ({ step, victim: victims[index % victims.length] ?? 'bff' }))
  const chances = drawn(fc.array(fc.nat({ max: 7 }), { minLength: named.length, maxLength: named.length }))
  const others = named.map((one, index) => {
    const chance = chances[index] ?? 0
    return { ...one, isBackAtOnce: chance % 2 === 0, givesUp: chance > 5 }
  })
  return [...others, ...unanswered.filter(({ step }) => steps.includes(step))]
}

const promptly = (attempt: () => Promise<void>) => eventually(attempt, { withinMs: recoveredWithinMs })

/** The last steps come when the client already has its answer; those of the delivery within some seconds. */
const isSoon = (event: Promise<void>): Promise<boolean> =>
  Promise.race([event.then(() => true), setTimeout(10_000, false, { ref: false })])

/** Redis is never needed. Who dies gives no answer; a database that dies gives none that says nothing. */
function judgeAnswer(answer: Answer<Json> | null, victim: Victim): void {
  const allowed = { bff: [200, 201, undefined], redis: [200, 201] }[victim as string] ?? [200, 201, 503]
  assert.ok(allowed.includes(answer?.status), `answered ${JSON.stringify(answer?.body)}`)
}

/** A retry of what was done gets the first answer again, or learns that it is done. */
async function sendAgain(attempt: Attempt): Promise<void> {
  const { status, body } = await attempt.send()
  assert.ok(status < 300 || body.error.code === 'order.invalid_state', JSON.stringify(body))
}

import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { BffProcess } from '#test/support/app'
import { inParallel, tally, unlessDropped, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories, type Factories } from '#test/support/factories'
import { drawn, isSoak, seed } from '#test/support/seed'
import { withTwoProcesses } from '#test/support/two-processes'

const runs = isSoak ? 50 : 3
const crowd = isSoak ? 1_000 : 200
const stock = crowd / 10

/** In which order the members come, how many of them at once, and which process each one meets. */
const arrival = fc.record({
  order: fc.shuffledSubarray([...Array(crowd).keys()], { minLength: crowd }),
  width: fc.constantFrom(16, 64, crowd),
  doors: fc.array(fc.nat({ max: 1 }), { minLength: crowd, maxLength: crowd }),
})

test.each(['on', 'off'])(
  `${crowd} members at two processes get exactly the ${stock} pieces there are, Redis locks %s`,
  async (locks) =>
    withTwoProcesses(testSettings({ REDIS_LOCKS: locks }), async (processes) => {
      const make = createFactories(processes[0].send)
      const members = await inParallel(Array.from({ length: crowd }), 16, () => make.member())
      const tokens = members.map(({ token }) => token)
      const times: string[] = []
      for (let run = 0; run < runs; run += 1) {
        const beganAt = performance.now()
        await sellOut(processes, make, tokens, drawn(arrival, run))
        times.push(((performance.now() - beganAt) / 1_000).toFixed(1))
      }
      process.stdout.write(`${runs} crowds, locks ${locks}: ${times.join(' ')} s, SEED=${seed}\n`)
      await make.expectCleanLedger()
    }),
  isSoak ? 7_200_000 : 300_000,
)

async function sellOut(
  processes: [BffProcess, BffProcess],
  make: Factories,
  tokens: readonly string[],
  { order, width, doors }: { order: number[]; width: number; doors: number[] },
): Promise<void> {
  const gift = await make.gift({ stock, perMemberLimit: 1, pricePoints: 1 })
  const body = { items: [{ giftId: gift.id, quantity: 1 }] }
  const answers = await inParallel(order, width, (index) => {
    const { send } = processes[doors[index] === 0 ? 0 : 1]
    const request = { token: tokens[index], key: randomUUID(), body }
    return untilTyped(() => unlessDropped(send('POST', '/api/member/orders', request)))
  })
  expect(tally(answers)).toEqual({ '201': stock, 'gift.sold_out': crowd - stock })
  expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
}

import { randomUUID } from 'node:crypto'
import { announcedRain } from '#test/api/rains.setting'
import type { BffProcess } from '#test/support/app'
import type { Answer, Json } from '#test/support/client'
import { inParallel, tally, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories, type Factories } from '#test/support/factories'
import { isSoak } from '#test/support/seed'
import { withTwoProcesses } from '#test/support/two-processes'

const crowd = isSoak ? 1_000 : 200
const packetsPerMember = 2
/** Fewer than one for each. */
const packetCount = crowd * 0.75
const budgetPoints = packetCount * 10 + 7

test.each(['on', 'off'])(
  `${crowd} members who tap three times get the ${packetCount} packets, all of the budget, and two each at most; one who taps 30 times gets his 3; Redis locks %s`,
  async (locks) =>
    withTwoProcesses(testSettings({ REDIS_LOCKS: locks }), async (processes) => {
      const make = createFactories(processes[0].send)
      await rushForPackets(processes, make, locks)
      await tapGreedily(processes, make)
      await make.expectCleanLedger()
    }),
  isSoak ? 3_600_000 : 300_000,
)

/** What a phone has when a crowded server gave it no answer. */
const noAnswer: Answer<Json> = { status: 503, body: null, headers: new Headers() }

/** Opens a packet at one of the processes, in turn, and asks again under the same key while it is busy or says nothing. */
const openAt =
  (processes: [BffProcess, BffProcess], rainId: string) =>
  (token: string | undefined, tap: number, key: string = randomUUID()): Promise<Answer<Json>> =>
    untilTyped(
      () =>
        processes[tap % 2 === 0 ? 0 : 1]
          .send('POST', `/api/member/rains/${rainId}/packets`, { token, key })
          .catch(() => noAnswer),
      200,
    )

async function rushForPackets(processes: [BffProcess, BffProcess], make: Factories, locks: string) {
  const members = await inParallel(Array.from({ length: crowd }), 16, () => make.member())
  const terms = { packetCount, packetsPerMember, budgetPoints, minPoints: 1, maxPoints: 30 }
  const rain = await announcedRain(make, Date.now(), terms)
  const open = openAt(processes, rain.id)
  const taps = Array.from({ length: 3 * crowd }, (_, tap) => members[Math.floor(tap / 3)])
  const beganAt = performance.now()
  const answers = await inParallel(taps, Math.min(taps.length, 1_000), (member, tap) =>
    open(member?.token, tap),
  )
  const seconds = ((performance.now() - beganAt) / 1_000).toFixed(1)
  process.stdout.write(`${taps.length} taps of ${crowd} members, locks ${locks}: ${seconds} s\n`)

  const { '201': opened, 'rain.empty': empty = 0, 'rain.limit_reached': done = 0, ...others } = tally(answers)
  expect({ opened, refused: empty + done, others }).toEqual({
    opened: packetCount,
    refused: taps.length - packetCount,
    others: {},
  })
  const got = new Map<string, { packets: number; points: number }>()
  for (const [tap, { status, body }] of answers.entries()) {
    if (status !== 201) continue
    const id = taps[tap]?.id ?? ''
    const { packets, points } = got.get(id) ?? { packets: 0, points: 0 }
    got.set(id, { packets: packets + 1, points: points + body.packet.points })
  }
  const winners = [...got.values()]
  expect(Math.max(...winners.map(({ packets }) => packets))).toBe(packetsPerMember)
  expect(winners.reduce((sum, { points }) => sum + points, 0)).toBe(budgetPoints)
  for (const { id, token } of members.slice(0, 20)) {
    const { body } = await processes[0].send('GET', '/api/member/points', { token })
    expect(body.available).toBe(100 + (got.get(id)?.points ?? 0))
  }
  expect(await make.admin('GET', `/api/admin/rains/${rain.id}/report`)).toMatchObject({
    ...{ openedPackets: packetCount, leftPackets: 0, members: got.size, cutPoints: 0 },
    ...{ openedPoints: budgetPoints, givenPoints: budgetPoints, leftPoints: 0 },
  })
}

async function tapGreedily(processes: [BffProcess, BffProcess], make: Factories) {
  const terms = { packetCount: 60, budgetPoints: 600, packetsPerMember: 3 }
  const rain = await announcedRain(make, Date.now(), terms)
  const open = openAt(processes, rain.id)
  const tapping = (token: string, times: number, key?: string) =>
    inParallel(Array.from({ length: times }), times, (_, tap) => open(token, tap, key))
  const greedy = await make.member()
  expect(tally(await tapping(greedy.token, 30))).toEqual({ '201': 3, 'rain.limit_reached': 27 })
  const nervous = await make.member()
  const answers = await tapping(nervous.token, 10, randomUUID())
  expect(tally(answers)).toEqual({ '201': 10 })
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  // Where a cap leaves nothing to give no account is written, and the slot alone counts.
  await make.admin('PATCH', '/api/admin/settings', { dayCapPoints: 1 })
  const capped = await make.member()
  expect((await open(capped.token, 0)).body.packet.points).toBe(1)
  expect(tally(await tapping(capped.token, 30))).toEqual({ '201': 2, 'rain.limit_reached': 28 })
  const report = await make.admin('GET', `/api/admin/rains/${rain.id}/report`)
  expect(report).toMatchObject({ openedPackets: 7, members: 3 })
}

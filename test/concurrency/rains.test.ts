import { randomUUID } from 'node:crypto'
import { announcedRain } from '#test/api/rains.setting'
import { inParallel, tally, untilTyped } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { isSoak } from '#test/support/seed'
import { withTwoProcesses } from '#test/support/two-processes'

const crowd = isSoak ? 1_000 : 200
const packetsPerMember = 2
/** Fewer than one for each. */
const packetCount = crowd * 0.75

describe.each(['on', 'off'])('at two processes with Redis locks %s', (locks) => {
  test(
    `${crowd} members who tap three times each get exactly the ${packetCount} packets, two at most, and all of the budget`,
    () =>
      withTwoProcesses(testSettings({ REDIS_LOCKS: locks }), async (processes) => {
        const make = createFactories(processes[0].send)
        const members = await inParallel(Array.from({ length: crowd }), 16, () => make.member())
        const budgetPoints = packetCount * 10 + 7
        const terms = { packetCount, packetsPerMember, budgetPoints, minPoints: 1, maxPoints: 30 }
        const rain = await announcedRain(make, Date.now(), terms)
        const taps = Array.from({ length: 3 * crowd }, (_, tap) => members[tap % crowd])
        const beganAt = performance.now()
        const answers = await inParallel(taps, 3 * crowd, (member, tap) => {
          const path = `/api/member/rains/${rain.id}/packets`
          const request = { token: member?.token, key: randomUUID() }
          return untilTyped(() => processes[tap % 2 === 0 ? 0 : 1].send('POST', path, request), 200)
        })
        const seconds = ((performance.now() - beganAt) / 1_000).toFixed(1)
        process.stdout.write(`${answers.length} taps, locks ${locks}: ${seconds} s\n`)

        const { '201': opened, ...refused } = tally(answers)
        expect(opened).toBe(packetCount)
        expect(Object.keys(refused).sort()).toEqual(expect.arrayContaining(['rain.empty']))
        for (const code of Object.keys(refused)) expect(['rain.empty', 'rain.limit_reached']).toContain(code)
        const got = new Map<string, { packets: number; points: number }>()
        answers.forEach(({ status, body }, tap) => {
          const id = members[tap % crowd]?.id ?? ''
          const { packets, points } = got.get(id) ?? { packets: 0, points: 0 }
          if (status === 201) got.set(id, { packets: packets + 1, points: points + body.packet.points })
        })
        expect(Math.max(...[...got.values()].map(({ packets }) => packets))).toBe(packetsPerMember)
        expect([...got.values()].reduce((sum, { points }) => sum + points, 0)).toBe(budgetPoints)
        for (const { id, token } of members.slice(0, 20)) {
          const { body } = await processes[0].send('GET', '/api/member/points', { token })
          expect(body.available).toBe(100 + (got.get(id)?.points ?? 0))
        }
        expect(await make.admin('GET', `/api/admin/rains/${rain.id}/report`)).toMatchObject({
          ...{ openedPackets: packetCount, leftPackets: 0, members: got.size },
          ...{ openedPoints: budgetPoints, givenPoints: budgetPoints, cutPoints: 0, leftPoints: 0 },
        })
        await make.expectCleanLedger()
      }),
    isSoak ? 3_600_000 : 300_000,
  )

  test('30 taps of one member at once open exactly the 3 he may; one key sent 10 times opens one', () =>
    withTwoProcesses(testSettings({ REDIS_LOCKS: locks }), async (processes) => {
      const make = createFactories(processes[0].send)
      const terms = { packetCount: 60, budgetPoints: 600, packetsPerMember: 3 }
      const rain = await announcedRain(make, Date.now(), terms)
      const path = `/api/member/rains/${rain.id}/packets`
      const tapping = (token: string, times: number, key?: string) =>
        inParallel(Array.from({ length: times }), times, (_, tap) => {
          const request = { token, key: key ?? randomUUID() }
          return untilTyped(() => processes[tap % 2 === 0 ? 0 : 1].send('POST', path, request))
        })
      const greedy = await make.member()
      expect(tally(await tapping(greedy.token, 30))).toEqual({ '201': 3, 'rain.limit_reached': 27 })
      const nervous = await make.member()
      const answers = await tapping(nervous.token, 10, randomUUID())
      expect(tally(answers)).toEqual({ '201': 10 })
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
      const report = await make.admin('GET', `/api/admin/rains/${rain.id}/report`)
      expect(report).toMatchObject({ openedPackets: 4, members: 2 })
      await make.expectCleanLedger()
    }))
})

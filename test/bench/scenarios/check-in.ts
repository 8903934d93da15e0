import { addDays } from '#shared/domain/business-date'
import { compare, differs } from '../compare'
import type { BenchMember, Stage } from '../stage'
import type { Row } from '../table'

const hourMs = 3_600_000
const shanghaiOffsetMs = 8 * hourMs

/** At eight in the morning every member checks in at once; each phase is the morning of another day. */
export async function measureCheckIn(stage: Stage): Promise<Row> {
  const memberCount = Math.ceil(stage.seconds * 60)
  const members = await stage.members(memberCount, 100)
  const floorMembers = await stage.members(memberCount, 100)
  let elapsedMs = 0
  let floorDays = 0
  const today = new Date(Date.now() + shanghaiOffsetMs).toISOString().slice(0, 10)
  return compare(stage, {
    scenario: 'check-in',
    goal: null,
    by: 'accepted',
    jili: {
      server: stage.bff,
      async load() {
        const advanceMs = untilEight(Date.now() + elapsedMs)
        await stage.advance(advanceMs)
        elapsedMs += advanceMs
        return eachOnce(members, ({ token }) => ({ method: 'POST', path: '/api/member/check-ins', token }))
      },
    },
    floor: {
      server: stage.floor,
      load() {
        floorDays += 1
        const businessDate = addDays(today, floorDays)
        const day = { businessDate, streakDays: floorDays, points: 5 }
        return eachOnce(floorMembers, ({ id }) => ({
          method: 'POST',
          path: '/check-ins',
          body: { memberId: id, ...day },
        }))
      },
    },
    check: async ({ jili, floor }) => [
      ...differs('check-ins of Jili', jili.accepted, await countCheckIns(stage, members)),
      ...differs('check-ins of the floor', floor.accepted, await countCheckIns(stage, floorMembers)),
    ],
    notes: [`${memberCount} members, once a day each`],
  })
}

/** From an instant to the next eight in the morning in Shanghai. */
const untilEight = (nowMs: number): number => {
  const sinceMidnightMs = (nowMs + shanghaiOffsetMs) % (24 * hourMs)
  const aheadMs = 8 * hourMs - sinceMidnightMs
  return aheadMs > 0 ? aheadMs : aheadMs + 24 * hourMs
}

function eachOnce<Shot>(members: readonly BenchMember[], shoot: (member: BenchMember) => Shot) {
  let index = 0
  return {
    next: () => {
      const member = members[index++]
      return member ? shoot(member) : null
    },
  }
}

const countCheckIns = (stage: Stage, members: readonly BenchMember[]): Promise<number> =>
  stage.database.collection('check_ins').countDocuments({ memberId: { $in: members.map(({ id }) => id) } })

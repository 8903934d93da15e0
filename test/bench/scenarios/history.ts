import { compare } from '../compare'
import { appendEntries } from '../ledger-history'
import { roundRobin, type Stage } from '../stage'
import type { Row } from '../table'

/** Members open the first page of their points entries. */
export async function measureHistory(stage: Stage): Promise<Row> {
  const members = await stage.members(50, 100)
  for (const { id } of members) await appendEntries(stage.database, id, 60)
  const member = roundRobin(members)
  return compare(stage, {
    scenario: 'history page',
    goal: null,
    by: 'accepted',
    jili: {
      server: stage.bff,
      load: () => ({
        next: () => ({ method: 'GET', path: '/api/member/points/entries', token: member().token }),
      }),
    },
    floor: {
      server: stage.floor,
      load: () => ({ next: () => ({ method: 'GET', path: `/entries/${member().id}` }) }),
    },
    check: async () => [],
    notes: ['the floor is one find of a page by the raw driver, without open holds and month totals'],
  })
}

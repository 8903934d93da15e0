import { differs } from '../compare'
import { latencyOf, median } from '../figures'
import { appendEntries } from '../ledger-history'
import type { BenchMember, Stage } from '../stage'
import type { Row } from '../table'

const shortHistory = 10
const longHistory = 100_000
const goal = { atMost: 1.2 }
const warmUpPairs = 20

/**
 * The same two acts for a member with ten entries and one with a hundred thousand, one after the other and turn by
 * turn. The ratio is that of the medians, long over short: what a long history costs.
 */
export async function measureLedgerGrowth(stage: Stage): Promise<Row[]> {
  // Other members' entries lie in the same collection in any case.
  const [short, long] = await stage.members(2, 100)
  if (!short || !long) throw new Error('no members')
  await appendEntries(stage.database, short.id, shortHistory - 1)
  await appendEntries(stage.database, long.id, longHistory - 1)
  let posted = 0
  const post = async ({ id }: BenchMember) => {
    await stage.admin('POST', `/api/admin/members/${id}/points-adjustments`, { change: 1, reason: '测量' })
    posted += 1
  }
  const read = async ({ token }: BenchMember) => {
    const { status, body } = await stage.send('GET', '/api/member/points/entries', { token })
    if (status !== 200 || body.items.length === 0) throw new Error(`no page: ${status}`)
  }
  const rows = [
    await takeTurns(
      stage,
      'growth: posting',
      () => post(short),
      () => post(long),
    ),
    await takeTurns(
      stage,
      'growth: first page',
      () => read(short),
      () => read(long),
    ),
  ]
  const count = await stage.database
    .collection('journal_entries')
    .countDocuments({ memberId: { $in: [short.id, long.id] } })
  const broken = [
    ...differs('entries', shortHistory + longHistory + posted, count),
    ...(await stage.verify()),
  ]
  return rows.map((row) => ({ ...row, broken }))
}

async function takeTurns(
  stage: Stage,
  scenario: string,
  onShort: () => Promise<void>,
  onLong: () => Promise<void>,
): Promise<Row> {
  const shortMs: number[] = []
  const longMs: number[] = []
  const timed = async (act: () => Promise<void>, into: number[]) => {
    const startedAt = performance.now()
    await act()
    into.push(performance.now() - startedAt)
  }
  const until = performance.now() + stage.seconds * 1_000
  for (let pair = -warmUpPairs; pair < 0 || performance.now() < until; pair += 1) {
    if (pair === 0) {
      shortMs.length = 0
      longMs.length = 0
    }
    // Whoever goes second may find warm what the first one fetched, so they change places.
    if (pair % 2 === 0) await timed(onShort, shortMs)
    await timed(onLong, longMs)
    if (pair % 2 !== 0) await timed(onShort, shortMs)
  }
  return {
    scenario,
    jili: figuresOf(longMs),
    floor: figuresOf(shortMs),
    ratio: median(longMs) / median(shortMs),
    goal,
    broken: [],
    notes: [
      `${longHistory} entries (Jili) beside ${shortHistory} (floor), ${longMs.length} times each, one at a time`,
    ],
  }
}

const figuresOf = (valuesMs: readonly number[]) => ({
  acceptedPerSecond: 1_000 / median(valuesMs),
  rejectedPerSecond: 0,
  ...latencyOf(valuesMs),
  retriesPerSuccess: Number.NaN,
  cores: Number.NaN,
})

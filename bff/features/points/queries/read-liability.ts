import type { z } from 'zod'
import type { readLiability as contract } from '#shared/contracts/liability'
import { inTransaction } from '../../../platform/mongo/transaction'
import { readSettings } from '../../settings'
import type { Ledger } from '../commands/post-entry'
import { HoldModel } from '../hold.model'
import { LotModel } from '../lot.model'
import { PointsAccountModel } from '../points-account.model'

type Liability = z.input<typeof contract.response>

/** Points of one source whose lots end in one month, as MongoDB adds them up. */
interface Group {
  _id: { month: string; source: string }
  points: number
}

type Owed = Pick<Liability['total'], 'available' | 'held'>

/**
 * What the programme owes its members: points they can use and points frozen for open orders, by the month in which
 * their lots end and by what they came from, in one snapshot. Lots past their date are left out even before their
 * expiry is posted.
 */
export const readLiability = (ledger: Ledger): Promise<Liability> =>
  inTransaction(async () => {
    const asOf = ledger.clock.now()
    const today = ledger.calendar.dateOf(asOf)
    const { pointsPerYuan } = await readSettings()
    const available = await LotModel.aggregate<Group>([
      { $match: { remaining: { $gt: 0 }, expiresOn: { $gte: today } } },
      groupBy('$expiresOn', '$source', '$remaining'),
    ])
    const held = await HoldModel.aggregate<Group>([
      { $match: { state: 'open' } },
      { $unwind: '$draws' },
      {
        $lookup: {
          from: LotModel.collection.name,
          localField: 'draws.lotId',
          foreignField: '_id',
          as: 'lot',
        },
      },
      { $unwind: '$lot' },
      groupBy('$lot.expiresOn', '$lot.source', '$draws.points'),
    ])
    const expired = await LotModel.aggregate<{ points: number }>([
      { $match: { remaining: { $gt: 0 }, expiresOn: { $lt: today } } },
      { $group: { _id: null, points: { $sum: '$remaining' } } },
    ])
    const debts = await PointsAccountModel.aggregate<{ points: number }>([
      { $match: { debt: { $lt: 0 } } },
      { $group: { _id: null, points: { $sum: '$debt' } } },
    ])
    const valued = (owed: Owed) => withValue(owed, pointsPerYuan)
    return {
      asOf: asOf.toISOString(),
      pointsPerYuan,
      total: valued({ available: sumOf(available), held: sumOf(held) }),
      byMonth: addUp('month', available, held).map(([month, owed]) => ({ month, ...valued(owed) })),
      bySource: addUp('source', available, held).map(([source, owed]) => ({ source, ...valued(owed) })),
      debtPoints: Math.abs(sumOf(debts)),
      expiredUnposted: sumOf(expired),
    }
  })

const groupBy = (date: string, source: string, points: string) => ({
  $group: { _id: { month: { $substrBytes: [date, 0, 7] }, source }, points: { $sum: points } },
})

const sumOf = (groups: readonly { points: number }[]): number =>
  groups.reduce((sum, { points }) => sum + points, 0)

const withValue = ({ available, held }: Owed, pointsPerYuan: number): Liability['total'] => {
  const points = available + held
  return { available, held, points, valueFen: Math.floor((points * 100) / pointsPerYuan) }
}

/** The groups by one part of their key, in order. There are as many as months times sources, however many members. */
function addUp(
  part: keyof Group['_id'],
  available: readonly Group[],
  held: readonly Group[],
): [string, Owed][] {
  const sums = new Map<string, Owed>()
  const add = (groups: readonly Group[], column: keyof Owed) => {
    for (const { _id, points } of groups) {
      const owed = sums.get(_id[part]) ?? { available: 0, held: 0 }
      sums.set(_id[part], { ...owed, [column]: owed[column] + points })
    }
  }
  add(available, 'available')
  add(held, 'held')
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
}

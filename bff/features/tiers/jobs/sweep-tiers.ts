import { inTransaction } from '../../../platform/mongo/transaction'
import { readSettings } from '../../settings'
import { readStanding, settleTier, type TierServices } from '../commands/settle-tier'
import { judgedBy } from '../growth'
import { GrowthAccountModel } from '../growth-account.model'

/** One run looks at this many members, in pages; the next run takes the rest. */
const membersPerRun = 5_000
const pageSize = 200

/**
 * Settles the tiers of members for whom time did something: growth fell out of the year, a grace or a floor ended, or the
 * thresholds changed. Each in a transaction of his own that judges him anew, so it is safe to run twice and anywhere, and
 * one that was cut short goes on; a member that fails does not stop the others.
 * @returns how many it settled. @throws AggregateError at the end when members failed.
 */
export async function sweepTiers(services: TierServices): Promise<number> {
  const today = services.calendar.dateOf(services.clock.now())
  const thresholds = judgedBy(await readSettings())
  const due = [
    { filter: { reviewOn: { $lte: today } }, hint: { reviewOn: 1 } },
    { filter: { judgedBy: { $nin: [thresholds, 'closed', ''] } }, hint: { judgedBy: 1 } },
  ] as const
  const failures: unknown[] = []
  let settled = 0
  for (const { filter, hint } of due) {
    let after = ''
    for (let read = 0; read < membersPerRun; read += pageSize) {
      const page = await GrowthAccountModel.find({ ...filter, _id: { $gt: after } })
        .hint(hint)
        .sort({ _id: 1 })
        .limit(pageSize)
        .select('_id')
        .lean()
      for (const { _id } of page) {
        await settle(services, _id).then(
          () => {
            settled += 1
          },
          (error: unknown) => failures.push(error),
        )
      }
      after = page.at(-1)?._id ?? ''
      if (page.length < pageSize) break
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `tiers failed for ${failures.length} members`)
  return settled
}

const settle = (services: TierServices, memberId: string): Promise<void> =>
  inTransaction(async () => {
    const standing = await readStanding(services, memberId)
    if (standing) await settleTier(services, standing)
  })

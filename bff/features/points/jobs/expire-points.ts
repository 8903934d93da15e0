import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { expireLots } from '../commands/draw-lots'
import { type Ledger, readAccount } from '../commands/post-entry'
import { LotModel } from '../lot.model'

/** One run looks at this many lots, in pages; the next run takes the rest. */
const lotsPerRun = 10_000
const pageSize = 500

/**
 * Posts the expiry of lots past their date, member by member, each in a transaction of its own, and tells the member.
 * It only tidies: reads and spending leave such lots out whether or not it has run. What is posted is no longer
 * found, so a second run does nothing and one that was cut short goes on; a member that fails does not stop the others.
 * @returns how many members it posted for. @throws AggregateError at the end when members failed.
 */
export async function expirePoints(services: Ledger & Pick<Services, 'outbox'>): Promise<number> {
  const today = services.calendar.dateOf(services.clock.now())
  const failures: unknown[] = []
  const seen = new Set<string>()
  let posted = 0
  let after = { expiresOn: '', _id: '' }
  for (let read = 0; read < lotsPerRun; read += pageSize) {
    const lots = await LotModel.find({
      remaining: { $gt: 0 },
      expiresOn: { $gte: after.expiresOn, $lt: today },
      $or: [{ expiresOn: { $gt: after.expiresOn } }, { _id: { $gt: after._id } }],
    })
      .sort({ expiresOn: 1, _id: 1 })
      .limit(pageSize)
      .lean()
    for (const { memberId } of lots) {
      if (seen.has(memberId)) continue
      seen.add(memberId)
      await expireMember(services, memberId).then(
        (isPosted) => {
          if (isPosted) posted += 1
        },
        (error: unknown) => failures.push(error),
      )
    }
    const last = lots.at(-1)
    if (!last || lots.length < pageSize) break
    after = { expiresOn: last.expiresOn, _id: last._id }
  }
  if (failures.length > 0) throw new AggregateError(failures, `expiry failed for ${failures.length} members`)
  return posted
}

const expireMember = (services: Ledger & Pick<Services, 'outbox'>, memberId: string): Promise<boolean> =>
  inTransaction(async () => {
    const before = await readAccount(memberId)
    const after = await expireLots(services, before)
    const points = before.available - after.available
    if (points > 0) await services.outbox.publish('points.expired', { memberId, points })
    return points > 0
  })

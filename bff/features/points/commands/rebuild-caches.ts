import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import { noDetails, noJournal, readJournal } from '../journal-sums'
import { LotModel } from '../lot.model'
import { PointsAccountModel } from '../points-account.model'

/**
 * Writes a member's cached balances and what each lot has left anew from the journal. Entries, holds and orders are
 * never touched, and nothing is written when the journal itself does not hold.
 * @returns whether it was rebuilt; false when the journal is broken.
 */
export async function rebuildCaches(memberId: string): Promise<boolean> {
  return inTransaction(async () => {
    const journal = noJournal()
    const details = noDetails()
    let isSound = true
    const account = await PointsAccountModel.findById(memberId).select('seq').lean()
    await readJournal(memberId, account?.seq ?? 0, journal, details, (_check, expected, actual) => {
      if (expected !== actual) isSound = false
    })
    if (!isSound || !account || account.seq > journal.seq) return false
    const { available, held, debt } = journal.sums
    const { seq, hash, newestAt, monthTotals } = journal
    const moved = await PointsAccountModel.updateOne(
      { _id: memberId, seq: account.seq },
      { $set: { available, held, debt, seq, hash, newestAt, monthTotals } },
    )
    if (moved.matchedCount !== 1) throw new StaleReadError('points account')
    const lots = await LotModel.find({ memberId }).select('remaining expiresOn').lean()
    for (const { _id, remaining, expiresOn } of lots) {
      const posted = details.lots.get(_id) ?? { points: 0, expiresOn }
      if (posted.points === remaining && posted.expiresOn === expiresOn) continue
      await LotModel.updateOne({ _id }, { $set: { remaining: posted.points, expiresOn: posted.expiresOn } })
    }
    return true
  })
}

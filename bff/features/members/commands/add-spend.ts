import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { limits } from '#shared/domain/limits'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { MemberModel } from '../member.model'

/**
 * Counts what a member paid on a business date, less when `fen` is negative, in the caller's transaction. Days that no
 * threshold can ask for any more are dropped.
 */
export async function addSpend(
  memberId: string,
  date: BusinessDate,
  fen: number,
  today: BusinessDate,
): Promise<void> {
  assertInTransaction()
  const member = await MemberModel.findById(memberId).select('spend closedAt').lean()
  if (!member || member.closedAt || fen === 0) return
  const oldest = addDays(today, -limits.spendDays + 1)
  const paid = (member.spend.find((day) => day.date === date)?.fen ?? 0) + fen
  const others = member.spend.filter((day) => day.date !== date && day.date >= oldest)
  const spend = paid > 0 && date >= oldest ? [...others, { date, fen: paid }] : others
  await MemberModel.updateOne({ _id: memberId }, { $set: { spend } })
}

import { assertInTransaction } from '../../../platform/mongo/transaction'
import { emptyAccount, GrowthAccountModel } from '../growth-account.model'

/**
 * Marks rewards that one account of a person got as given to another one of his, in the caller's transaction: closing an
 * account does not bring them again.
 */
export async function carryRewards(fromMemberId: string, toMemberId: string): Promise<void> {
  assertInTransaction()
  const from = await GrowthAccountModel.findById(fromMemberId).lean()
  if (fromMemberId === toMemberId || !from?.rewardedTiers.length) return
  const { _id, rewardedTiers: _, ...fields } = emptyAccount(toMemberId)
  await GrowthAccountModel.updateOne(
    { _id },
    { $addToSet: { rewardedTiers: { $each: from.rewardedTiers } }, $setOnInsert: fields },
    { upsert: true },
  )
}

/** Forgets what a member did on which day, in the caller's transaction; which rewards were given stays. */
export async function eraseGrowth(memberId: string): Promise<void> {
  const { _id, rewardedTiers: _, ...fields } = emptyAccount(memberId)
  await GrowthAccountModel.updateOne({ _id }, { $set: { ...fields, judgedBy: 'closed' } })
}

import { assertInTransaction } from '../../../platform/mongo/transaction'
import { PointsAccountModel } from '../points-account.model'

/** Opens a new member's points account, in the transaction that registers the member. */
export async function openAccount(memberId: string): Promise<void> {
  assertInTransaction()
  await PointsAccountModel.insertMany([
    {
      _id: memberId,
      available: 0,
      held: 0,
      debt: 0,
      seq: 0,
      hash: '',
      newestAt: null,
      monthTotals: { month: '', gained: 0, used: 0 },
    },
  ])
}

import { DomainError } from '../../../kernel/errors'
import { StaleReadError } from '../../../platform/mongo/transaction'
import { PointsAccountModel } from '../points-account.model'
import { chooseLots, expireLots, postInParts } from './draw-lots'
import { type Ledger, readAccount } from './post-entry'

/**
 * Closes a member's account in the caller's transaction: what is available is forfeited, and nothing is posted to it ever
 * after. Whatever earns or spends at the same moment writes to the same document, so one of the two runs again.
 * @returns the points forfeited
 * @throws `points.in_debt`; `member.cannot_close` while points are frozen; `member.closed`
 */
export async function closeAccount(ledger: Ledger, memberId: string): Promise<number> {
  const account = await expireLots(ledger, await readAccount(memberId))
  if (account.debt < 0) throw new DomainError('points.in_debt', { details: { debt: -account.debt } })
  if (account.held > 0) throw new DomainError('member.cannot_close')
  const draws = await chooseLots(memberId, account.available, [])
  const after = await postInParts(ledger, account, draws, (lots, drawn) => ({
    key: 'close',
    kind: 'adjust',
    postings: [
      { account: 'available', points: drawn },
      { account: 'system:adjusted', points: -drawn },
    ],
    lots,
    title: '注销账号',
    detail: '剩余积分作废',
  }))
  const closed = await PointsAccountModel.updateOne(
    { _id: memberId, seq: after.seq, closedAt: null },
    { $set: { closedAt: ledger.clock.now() } },
  )
  if (closed.matchedCount !== 1) throw new StaleReadError('points account')
  return account.available
}

import { adjustPoints } from '#bff/features/points/commands/adjust-points'
import { clawBack } from '#bff/features/points/commands/claw-back'
import { expireLots } from '#bff/features/points/commands/draw-lots'
import { earnPoints } from '#bff/features/points/commands/earn-points'
import { placeHold } from '#bff/features/points/commands/place-hold'
import { readAccount } from '#bff/features/points/commands/post-entry'
import { captureHold, refundHold, releaseHold } from '#bff/features/points/commands/settle-hold'
import { spendPoints } from '#bff/features/points/commands/spend-points'
import { HoldModel } from '#bff/features/points/hold.model'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { isDomainError } from '#bff/kernel/errors'
import { inTransaction, isDuplicateKey } from '#bff/platform/mongo/transaction'
import type { Services } from '#bff/platform/services'
import { addDays } from '#shared/domain/business-date'
import type { Operation, Outcome } from './ledger-model'

type Ledger = Pick<Services, 'clock' | 'calendar'>

const refusals = [
  'points.insufficient',
  'points.in_debt',
  'points.limit_reached',
  'order.invalid_state',
] as const

/** Runs an operation in a transaction of its own. Any failure but a refusal or a used key is a failure of the test. */
export async function performForReal(
  ledger: Ledger,
  memberId: string,
  operation: Operation,
): Promise<Outcome> {
  try {
    return await inTransaction(() => perform(ledger, memberId, operation), { timeoutMs: 60_000 })
  } catch (error) {
    if (isDuplicateKey(error) || refusals.some((code) => isDomainError(error, code))) return 'refused'
    throw error
  }
}

async function perform(ledger: Ledger, memberId: string, operation: Operation): Promise<Outcome> {
  const title = '测试'
  switch (operation.do) {
    case 'earn': {
      const { cause, source, points, lifeDays } = operation
      const expiresOn = addDays(ledger.calendar.dateOf(ledger.clock.now()), lifeDays)
      await earnPoints(ledger, { memberId, points, source, expiresOn, key: `earn:${cause}`, title })
      return 'ok'
    }
    case 'adjust': {
      const { id, change } = operation
      await adjustPoints(ledger, { memberId, adjustmentId: id, change, reason: title })
      return 'ok'
    }
    case 'spend':
      await spendPoints(ledger, {
        memberId,
        points: operation.points,
        key: `spend:${operation.cause}`,
        title,
      })
      return 'ok'
    case 'hold':
      await placeHold(ledger, { memberId, orderId: operation.orderId, points: operation.points, title })
      return 'ok'
    case 'capture':
    case 'release': {
      const { orderId } = operation
      if (!(await HoldModel.exists({ memberId, orderId }))) return 'refused'
      const settle = operation.do === 'capture' ? captureHold : releaseHold
      await settle(ledger, { memberId, orderId, title })
      return 'ok'
    }
    case 'refund':
      await refundHold(ledger, { memberId, title, ...operation })
      return 'ok'
    case 'claw-back': {
      const { cause, key, points } = operation
      const earning = await JournalEntryModel.findOne({ memberId, key: `earn:${cause}` }).lean()
      if (!earning) return 'refused'
      await clawBack(ledger, { memberId, entryId: earning._id, points, key, title })
      return 'ok'
    }
    case 'expire':
      await expireLots(ledger, await readAccount(memberId))
      return 'ok'
  }
}

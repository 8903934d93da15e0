import type { BusinessDate } from '#shared/domain/business-date'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { type Entitlement, EntitlementModel } from '../entitlement.model'

export interface Grant {
  memberId: string
  name: string
  quantity: number
  reason: string
  /** The last business date on which they may be used; null for no end. */
  expiresOn: BusinessDate | null
}

/** Gives a member rights to pieces of gifts that ask for this name, in the caller's transaction. */
export async function grantEntitlements(
  { clock }: Pick<Services, 'clock'>,
  { quantity, ...grant }: Grant,
): Promise<Entitlement[]> {
  assertInTransaction()
  const grantedAt = clock.now()
  const rows = Array.from({ length: quantity }, () => ({
    ...grant,
    _id: newId(),
    grantedAt,
    orderId: null,
    usedAt: null,
  }))
  await insertWhole(EntitlementModel, rows)
  return rows
}

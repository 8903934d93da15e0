import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { ClaimModel } from '../claim.model'
import type { Gift } from '../gift.model'

export const giftScope = (giftId: string): string => `gift:${giftId}`

/**
 * Takes `quantity` places under a gift's per-member limit for an order, in its transaction. Counting alone
 * would let two requests count the same places; the unique index on the slot lets one of them in.
 * @throws `gift.limit_reached` with how many are left for this member.
 */
export async function takeClaims(
  gift: Gift,
  request: { memberId: string; orderId: string; quantity: number },
): Promise<void> {
  assertInTransaction()
  const { memberId, orderId, quantity } = request
  if (gift.perMemberLimit === null) return
  const scope = giftScope(gift._id)
  const taken = new Set(
    (await ClaimModel.find({ memberId, scope }).select('slot').lean()).map(({ slot }) => slot),
  )
  const free = Array.from({ length: gift.perMemberLimit }, (_, slot) => slot).filter(
    (slot) => !taken.has(slot),
  )
  const slots = free.slice(0, quantity)
  if (slots.length < quantity) {
    throw new DomainError('gift.limit_reached', {
      message:
        free.length === 0
          ? `每人最多换 ${gift.perMemberLimit} 件，你已经换过了`
          : `你还能再换 ${free.length} 件`,
      details: { giftId: gift._id, limit: gift.perMemberLimit, left: free.length },
    })
  }
  try {
    await ClaimModel.insertMany(slots.map((slot) => ({ _id: newId(), memberId, scope, slot, orderId })))
  } catch (error) {
    throw isDuplicateKey(error) ? new StaleReadError('claim') : error
  }
}

/** Frees what an order took, in the transaction that ends it without a gift. Safe to repeat. */
export async function freeClaims(request: { memberId: string; orderId: string }): Promise<void> {
  assertInTransaction()
  await ClaimModel.deleteMany(request)
}

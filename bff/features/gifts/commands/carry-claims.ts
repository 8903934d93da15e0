import { newId } from '../../../kernel/ids'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { type Claim, ClaimModel } from '../claim.model'

/** More places than anybody takes. */
const readMax = 5_000

const dayOfScope = /:(\d{4}-\d{2}-\d{2})$/

/** What still counts: a place under a limit of an earlier day counts no more. */
async function readClaims(memberId: string, today: string): Promise<Claim[]> {
  const claims = await ClaimModel.find({ memberId }).sort({ _id: -1 }).limit(readMax).lean()
  return claims.filter(({ scope }) => (dayOfScope.exec(scope)?.[1] ?? today) >= today)
}

/**
 * Takes for one account the places that another account of the same person took, in the caller's transaction: a gift of
 * which there is one per person is not had again by closing the account. Repeating it changes nothing.
 */
export async function carryClaims(fromMemberId: string, toMemberId: string, today: string): Promise<void> {
  assertInTransaction()
  if (fromMemberId === toMemberId) return
  const present = await readClaims(toMemberId, today)
  const known = new Set(present.map(({ orderId }) => orderId))
  const taken = new Set(present.map(({ scope, slot }) => `${scope} ${slot}`))
  const carried: Claim[] = []
  for (const { scope, orderId } of await readClaims(fromMemberId, today)) {
    if (known.has(orderId)) continue
    let slot = 0
    while (taken.has(`${scope} ${slot}`)) slot += 1
    taken.add(`${scope} ${slot}`)
    carried.push({ _id: newId(), memberId: toMemberId, scope, slot, orderId })
  }
  if (carried.length === 0) return
  await ClaimModel.insertMany(carried).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('claim') : error
  })
}

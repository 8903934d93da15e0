import { isSameSecret } from '../../../kernel/secrets'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { VerificationCodeModel } from '../verification-code.model'
import { type CodeOwner, hashOf, idOf, triesMax } from '../verification-codes.rules'

/** What a typed code is worth. `expired` is also one that was used up or replaced. */
export type CodeVerdict =
  | { outcome: 'right'; hash: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'expired' }

/**
 * Looks at a typed code. The try is counted before it is looked at, by one conditional update: looking first would let a
 * burst have more tries. Call it outside the transaction that the code is for, whose refusal would undo the count.
 */
export async function tryCode(
  services: Pick<Services, 'clock' | 'codeKeys'>,
  owner: CodeOwner,
  typed: string,
): Promise<CodeVerdict> {
  const _id = idOf(owner)
  const guess = hashOf(services, owner, typed)
  const counted = await VerificationCodeModel.findOneAndUpdate(
    {
      _id,
      hash: { $type: 'string' },
      expiresAt: { $gt: services.clock.now() },
      $or: [{ tried: guess }, { [`tried.${triesMax - 1}`]: { $exists: false } }],
    },
    { $addToSet: { tried: guess } },
    { returnDocument: 'after' },
  ).lean()
  if (!counted?.hash) return verdictUnseen(services, _id)
  const { hash, tried } = counted
  return isSameSecret(hash, guess)
    ? { outcome: 'right', hash }
    : { outcome: 'wrong', triesLeft: triesMax - tried.length }
}

async function verdictUnseen({ clock }: Pick<Services, 'clock'>, _id: string): Promise<CodeVerdict> {
  const code = await VerificationCodeModel.findById(_id).lean()
  const isDead = code?.hash && code.expiresAt > clock.now()
  return isDead ? { outcome: 'wrong', triesLeft: 0 } : { outcome: 'expired' }
}

/** Uses up a right code in the caller's transaction; false when another one was faster, or a newer code came. */
export async function spendCode(owner: CodeOwner, hash: string): Promise<boolean> {
  assertInTransaction()
  const used = await VerificationCodeModel.updateOne({ _id: idOf(owner), hash }, { $set: { hash: null } })
  return used.modifiedCount === 1
}

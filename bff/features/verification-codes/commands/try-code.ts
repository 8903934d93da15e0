import { isSameSecret } from '../../../kernel/secrets'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { guardGuess } from '../../guesses'
import { VerificationCodeModel } from '../verification-code.model'
import { type CodeOwner, hashOf, idOf, triesMax } from '../verification-codes.rules'

/** What a typed code is worth. `expired` is also one that was used up or replaced. */
export type CodeVerdict =
  | { outcome: 'right'; hash: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'expired' }

/**
 * Looks at a typed code. The try is counted before it is looked at, by one conditional update: looking first would let a
 * burst have more tries. A wrong one is a guess too, which counts over all of a member's codes. Call it outside the
 * transaction that the code is for, whose refusal would undo the counts.
 * @throws `rate.limited`
 */
export const tryCode = (
  services: Pick<Services, 'clock' | 'codeKeys' | 'rateLimits'>,
  owner: CodeOwner,
  { code, clientAddress }: { code: string; clientAddress: string },
): Promise<CodeVerdict> => {
  const guess = {
    secret: 'verification-code',
    who: owner.memberId,
    label: `会员 ${owner.memberId} 的短信验证码`,
    clientAddress,
  } as const
  return guardGuess(services, guess, () => look(services, owner, code))
}

/** The same digits again, and what comes for a dead code, are no further guess. */
async function look(
  services: Pick<Services, 'clock' | 'codeKeys'>,
  owner: CodeOwner,
  typed: string,
): Promise<{ isWrong: boolean; outcome: CodeVerdict }> {
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
    { returnDocument: 'before' },
  ).lean()
  if (!counted?.hash) return { isWrong: false, outcome: await verdictUnseen(services, _id) }
  const { hash, tried } = counted
  if (isSameSecret(hash, guess)) return { isWrong: false, outcome: { outcome: 'right', hash } }
  const isNew = !tried.includes(guess)
  const triesLeft = triesMax - tried.length - (isNew ? 1 : 0)
  return { isWrong: isNew, outcome: { outcome: 'wrong', triesLeft } }
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

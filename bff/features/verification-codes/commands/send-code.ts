import { randomInt } from 'node:crypto'
import { DomainError } from '../../../kernel/errors'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { mayHaveBeenSent } from '../../../platform/sms/failure'
import { VerificationCodeModel } from '../verification-code.model'
import { type CodeOwner, codeLifeMs, dayMs, hashOf, idOf, nextSendAt } from '../verification-codes.rules'

type SendServices = Pick<Services, 'clock' | 'codeKeys' | 'sms'>

/**
 * Sends a new code, which takes the place of the one before. It is counted before it is sent, so that requests at once are
 * held to the limits too; what surely did not go out is not counted.
 * @throws `sms.not_configured`, `sms.too_often` with when to try again, `sms.number_refused`, `sms.unavailable`
 */
export async function sendCode(
  services: SendServices,
  owner: CodeOwner,
  phone: string,
): Promise<{ expiresAt: Date; resendAt: Date }> {
  const { sms, clock } = services
  if (!sms) throw new DomainError('sms.not_configured')
  const code = String(randomInt(1e6)).padStart(6, '0')
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + codeLifeMs)
  const sentAt = await inTransaction(() => register(services, owner, { code, now, expiresAt }))
  try {
    const params = [code, String(codeLifeMs / 60_000)]
    await sms.send({ phone, template: 'verification-code', params })
  } catch (error) {
    if (!mayHaveBeenSent(error)) await takeBack(services, owner, code, now)
    throw error
  }
  return { expiresAt, resendAt: nextSendAt(sentAt) }
}

async function register(
  services: SendServices,
  owner: CodeOwner,
  { code, now, expiresAt }: { code: string; now: Date; expiresAt: Date },
): Promise<Date[]> {
  const _id = idOf(owner)
  const known = await VerificationCodeModel.findById(_id).lean()
  const dayAgo = now.getTime() - dayMs
  const earlier = (known?.sentAt ?? []).filter((at) => at.getTime() > dayAgo)
  const resendAt = nextSendAt(earlier)
  if (resendAt > now) throw tooOften(resendAt, now)
  const sentAt = [...earlier, now]
  const changes = {
    memberId: owner.memberId,
    hash: hashOf(services, owner, code),
    expiresAt,
    tried: [],
    sentAt,
    forgottenAt: new Date(now.getTime() + dayMs),
  }
  await VerificationCodeModel.updateOne({ _id }, { $set: changes }, { upsert: true }).catch(
    (error: unknown) => {
      // Two first codes at once: the second then meets the first one's count.
      throw isDuplicateKey(error) ? new StaleReadError('verification code') : error
    },
  )
  return sentAt
}

const tooOften = (resendAt: Date, now: Date) =>
  new DomainError('sms.too_often', {
    retryAfterSeconds: Math.ceil((resendAt.getTime() - now.getTime()) / 1_000),
    details: { resendAt: resendAt.toISOString() },
  })

async function takeBack(services: SendServices, owner: CodeOwner, code: string, sentAt: Date): Promise<void> {
  await VerificationCodeModel.updateOne(
    { _id: idOf(owner), hash: hashOf(services, owner, code) },
    { $set: { hash: null }, $pull: { sentAt } },
  )
}

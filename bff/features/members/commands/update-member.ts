import type { z } from 'zod'
import { updateMember as contract } from '#shared/contracts/members'
import { DomainError, notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type Member, MemberModel } from '../member.model'

type UpdateServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

/** Brings a member's tier in line with his growth and his floor, in the caller's transaction. */
export type SettleTier = (services: UpdateServices, memberId: string) => Promise<void>

/**
 * Changes what gifts ask of a member; placing an order reads it again in its own transaction. A tier is given as a floor:
 * growth may raise it, and does not lower it below until `tierUntil` is over. `regular` takes the floor away.
 * @throws `resource.not_found`, `request.invalid` for a floor that ended.
 */
export function updateMember(
  services: UpdateServices,
  settleTier: SettleTier,
  admin: AdminPrincipal,
  memberId: string,
  input: z.output<typeof contract.body>,
): Promise<void> {
  const today = services.calendar.dateOf(services.clock.now())
  if (input.tierUntil && input.tierUntil < today)
    throw new DomainError('request.invalid', {
      message: '等级的保底日期已经过了',
      details: { path: 'body.tierUntil' },
    })
  const changes = changesOf(input)
  return inTransaction(async () => {
    const before = await MemberModel.findById(memberId).lean()
    if (!before) throw notFound('没有这位会员')
    await MemberModel.updateOne({ _id: memberId }, { $set: changes })
    if (input.tier) await settleTier(services, memberId)
    await recordAudit(services.clock, admin, {
      operation: contract.id,
      targetId: memberId,
      before: Object.fromEntries(
        Object.keys(changes).map((key) => [key, before[key as keyof Member] ?? null]),
      ),
      after: changes,
    })
  })
}

function changesOf({ tierUntil = null, ...changes }: z.output<typeof contract.body>): Partial<Member> {
  const { tier } = changes
  if (!tier) return changes
  return { ...changes, tierFloor: tier === 'regular' ? null : { tier, until: tierUntil } }
}

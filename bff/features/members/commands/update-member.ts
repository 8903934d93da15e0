import type { z } from 'zod'
import { updateMember as contract } from '#shared/contracts/members'
import { notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type Member, MemberModel } from '../member.model'

/** Changes what gifts ask of a member; placing an order reads it again in its own transaction. @throws `resource.not_found` */
export const updateMember = (
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  memberId: string,
  input: z.output<typeof contract.body>,
): Promise<void> =>
  inTransaction(async () => {
    const before = await MemberModel.findById(memberId).lean()
    if (!before) throw notFound('没有这位会员')
    await MemberModel.updateOne({ _id: memberId }, { $set: input })
    await recordAudit(services.clock, admin, {
      operation: contract.id,
      targetId: memberId,
      before: Object.fromEntries(Object.keys(input).map((key) => [key, before[key as keyof Member] ?? null])),
      after: input,
    })
  })

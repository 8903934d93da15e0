import type { z } from 'zod'
import type { readInvitations as contract } from '#shared/contracts/invitations'
import { monthOf } from '#shared/domain/business-date'
import { toPage } from '../../../kernel/cursors'
import type { Services } from '../../../platform/services'
import { findNicks, maskMember, requireOpenMember } from '../../members'
import { readSettings } from '../../settings'
import { InvitationModel } from '../invitation.model'
import { InvitationMonthModel, monthIdOf } from '../invitation-month.model'
import { olderThan } from './older-than'

/** A member's code, the rules, and whom he invited. */
export async function readInvitations(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  query: z.output<typeof contract.query>,
): Promise<z.input<typeof contract.response>> {
  const { inviteCode } = await requireOpenMember(memberId)
  const { inviteAct, inviterPoints, inviteePoints, inviteMonthLimit } = await readSettings()
  const month = await InvitationMonthModel.findById(
    monthIdOf(memberId, monthOf(calendar.dateOf(clock.now()))),
  ).lean()
  const rows = await InvitationModel.find({ inviterId: memberId, ...olderThan(query.cursor) })
    .sort({ joinedAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row.joinedAt.getTime(), row._id])
  const nicks = await findNicks(page.items.map(({ _id }) => _id))
  return {
    inviteCode,
    act: inviteAct,
    ...{ inviterPoints, inviteePoints, monthLimit: inviteMonthLimit },
    rewardedThisMonth: month?.rewarded ?? 0,
    nextCursor: page.nextCursor,
    items: page.items.map(({ _id, state, joinedAt, inviterPoints: points, reason }) => ({
      nick: maskMember(_id, nicks.get(_id) ?? ''),
      state,
      joinedAt: joinedAt.toISOString(),
      points,
      reason,
    })),
  }
}

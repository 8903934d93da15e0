import type { z } from 'zod'
import type { listAdminInvitations as contract } from '#shared/contracts/invitations'
import { toPage } from '../../../kernel/cursors'
import { findNicks } from '../../members'
import { InvitationModel } from '../invitation.model'
import { olderThan } from './older-than'

/** Networks are told apart by a piece of their hash; the address itself is not known. */
const networkCharacters = 8

/** Who invited whom, with both names, for admins. */
export async function listInvitations({
  inviterId,
  state,
  cursor,
  limit,
}: z.output<typeof contract.query>): Promise<z.input<typeof contract.response>> {
  const rows = await InvitationModel.find({
    ...(inviterId ? { inviterId } : {}),
    ...(state ? { state } : {}),
    ...olderThan(cursor),
  })
    .sort({ joinedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean()
  const page = toPage(rows, limit, (row) => [row.joinedAt.getTime(), row._id])
  const nicks = await findNicks(page.items.flatMap(({ _id, inviterId: by }) => (by ? [_id, by] : [_id])))
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ _id, network, joinedAt, rewardedAt, ...invitation }) => ({
      ...invitation,
      inviterNick: nicks.get(invitation.inviterId) ?? '',
      inviteeId: _id,
      inviteeNick: nicks.get(_id) ?? '',
      joinedAt: joinedAt.toISOString(),
      rewardedAt: rewardedAt?.toISOString() ?? null,
      network: network?.slice(0, networkCharacters) ?? null,
    })),
  }
}

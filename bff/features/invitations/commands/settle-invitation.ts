import type { Settings } from '#shared/contracts/settings'
import { type BusinessDate, monthOf } from '#shared/domain/business-date'
import type { InviteAct } from '#shared/domain/enums'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { awardPoints } from '../../earning'
import { endInvitation, findMemberById, findMemberIdByInviteCode, type Member } from '../../members'
import { readSettings } from '../../settings'
import { type Invitation, InvitationModel } from '../invitation.model'
import { InvitationMonthModel, monthIdOf } from '../invitation-month.model'

type InvitationServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

/**
 * Takes note of an invited member's act, and rewards both sides once when it is the act that the programme asks for. Safe to
 * call again: the state of the invitation is compared and set, and each reward has a natural key.
 */
export async function settleInvitation(
  services: InvitationServices,
  memberId: string,
  act: InviteAct,
): Promise<void> {
  await inTransaction(async () => {
    const invitee = await findMemberById(memberId)
    if (!invitee?.invitedByCode || invitee.closedAt) return
    const invitation = await findOrOpen(services, invitee, invitee.invitedByCode)
    const settings = await readSettings()
    if (invitation.state === 'joined') {
      if (act !== settings.inviteAct || invitee.blockedReason !== null) return
      await reward(services, invitation, settings)
    }
    await endInvitation(memberId)
  })
}

async function findOrOpen(
  { clock }: InvitationServices,
  invitee: Member,
  inviteCode: string,
): Promise<Invitation> {
  const known = await InvitationModel.findById(invitee._id).lean()
  if (known) return known
  const inviterId = await findMemberIdByInviteCode(inviteCode)
  const inviter = inviterId ? await findMemberById(inviterId) : null
  const reason = await objectionTo(invitee, inviter)
  const invitation: Invitation = {
    _id: invitee._id,
    inviterId: inviterId ?? '',
    state: reason === null ? 'joined' : 'void',
    reason,
    inviterPoints: 0,
    inviteePoints: 0,
    joinedAt: clock.now(),
    rewardedAt: null,
  }
  await insertWhole(InvitationModel, [invitation]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('invitation') : error
  })
  return invitation
}

/** What makes an invitation none, in words that the inviter may read. */
async function objectionTo(invitee: Member, inviter: Member | null): Promise<string | null> {
  if (!inviter || inviter.closedAt) return '邀请码无效'
  if (invitee.firstJoinedAt) return '对方以前就是会员'
  const device = invitee.joinedDevice
  if (!device) return null
  if (device === inviter.joinedDevice) return '和你用的是同一台手机'
  const others = await InvitationModel.find({ inviterId: inviter._id }).select('_id').limit(1_000).lean()
  for (const { _id } of others)
    if ((await findMemberById(_id))?.joinedDevice === device) return '这台手机已经接受过你的邀请'
  return null
}

async function reward(
  services: InvitationServices,
  invitation: Invitation,
  settings: Settings,
): Promise<void> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  const reason = await objectionToInviter(invitation, settings, businessDate)
  const give = async (memberId: string, key: string, name: string, points: number) => {
    if (points === 0) return 0
    const share = { ruleId: 'invitation', name, points, caps: null, expiresOn: null }
    const award = {
      memberId,
      key,
      source: 'invitation',
      title: name,
      shares: [share],
      settings,
      businessDate,
    }
    return (await awardPoints(services, award)).points
  }
  const { _id: inviteeId, inviterId } = invitation
  const inviterPoints =
    reason === null ? await give(inviterId, `invitation:${inviteeId}`, '邀请好友', settings.inviterPoints) : 0
  const inviteePoints = await give(inviteeId, 'invited', '接受邀请', settings.inviteePoints)
  const rewardedAt = services.clock.now()
  const changed = await InvitationModel.updateOne(
    { _id: inviteeId, state: 'joined' },
    { $set: { state: 'rewarded', reason, inviterPoints, inviteePoints, rewardedAt } },
  )
  if (changed.matchedCount !== 1) throw new StaleReadError('invitation')
  if (inviterPoints > 0)
    await services.outbox.publish('invitation.rewarded', { memberId: inviterId, points: inviterPoints })
}

/** Takes one of the inviter's places of the month, or says why there is none; the invited one is rewarded all the same. */
async function objectionToInviter(
  { inviterId }: Invitation,
  { inviteMonthLimit }: Settings,
  businessDate: BusinessDate,
): Promise<string | null> {
  const inviter = await findMemberById(inviterId)
  if (!inviter || inviter.closedAt || inviter.blockedReason !== null) return '账号不能获得积分'
  const _id = monthIdOf(inviterId, monthOf(businessDate))
  const month = await InvitationMonthModel.findById(_id).lean()
  if ((month?.rewarded ?? 0) >= inviteMonthLimit) return `这个月的 ${inviteMonthLimit} 次奖励用完了`
  if (!month) {
    await insertWhole(InvitationMonthModel, [{ _id, inviterId, rewarded: 1 }]).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new StaleReadError('invitations of a month') : error
    })
    return null
  }
  const taken = await InvitationMonthModel.updateOne(
    { _id, rewarded: month.rewarded },
    { $inc: { rewarded: 1 } },
  )
  if (taken.matchedCount !== 1) throw new StaleReadError('invitations of a month')
  return null
}

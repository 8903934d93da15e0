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
import { InvitedDeviceModel } from '../invited-device.model'

/** How long an invited one counts as coming from the same network as others. */
const networkWindowMs = 30 * 86_400_000

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
    network: invitee.joinedNetwork ?? null,
    inviterPoints: 0,
    inviteePoints: 0,
    joinedAt: clock.now(),
    rewardedAt: null,
  }
  await insertOnce('invitation', insertWhole(InvitationModel, [invitation]))
  if (reason === null && invitee.joinedDevice) {
    const device = { _id: invitee.joinedDevice, memberId: invitee._id }
    await insertOnce('device', insertWhole(InvitedDeviceModel, [device]))
  }
  return invitation
}

/** What makes an invitation none, in words that the inviter may read. */
async function objectionTo(invitee: Member, inviter: Member | null): Promise<string | null> {
  if (!inviter || inviter.closedAt) return '邀请码无效'
  if (invitee.firstJoinedAt) return '对方以前就是会员'
  const device = invitee.joinedDevice
  if (!device) return null
  if (device === inviter.joinedDevice) return '和你用的是同一台手机'
  return (await InvitedDeviceModel.exists({ _id: device })) ? '这台手机已经接受过邀请' : null
}

/** Somebody else inserted it meanwhile: what was read before is out of date. */
const insertOnce = (what: string, inserting: Promise<unknown>): Promise<unknown> =>
  inserting.catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError(what) : error
  })

async function reward(
  services: InvitationServices,
  invitation: Invitation,
  settings: Settings,
): Promise<void> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  const reason = await objectionToInviter(services, invitation, settings, businessDate)
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
  { clock }: InvitationServices,
  { inviterId, network }: Invitation,
  { inviteMonthLimit, inviteNetworkLimit }: Settings,
  businessDate: BusinessDate,
): Promise<string | null> {
  const inviter = await findMemberById(inviterId)
  if (!inviter || inviter.closedAt || inviter.blockedReason !== null) return '账号不能获得积分'
  const _id = monthIdOf(inviterId, monthOf(businessDate))
  const month = await InvitationMonthModel.findById(_id).lean()
  // Who comes at once from there meets on the month's document, so nobody is counted too late.
  if (network && inviteNetworkLimit > 0) {
    const since = new Date(clock.now().getTime() - networkWindowMs)
    const lately = { inviterId, network, rewardedAt: { $gt: since }, inviterPoints: { $gt: 0 } }
    if ((await InvitationModel.countDocuments(lately).limit(inviteNetworkLimit)) >= inviteNetworkLimit)
      return '同一个网络来的好友太多了'
  }
  if ((month?.rewarded ?? 0) >= inviteMonthLimit) return `这个月的 ${inviteMonthLimit} 次奖励用完了`
  if (!month) {
    const first = insertWhole(InvitationMonthModel, [{ _id, inviterId, rewarded: 1 }])
    await insertOnce('invitations of a month', first)
    return null
  }
  const taken = await InvitationMonthModel.updateOne(
    { _id, rewarded: month.rewarded },
    { $inc: { rewarded: 1 } },
  )
  if (taken.matchedCount !== 1) throw new StaleReadError('invitations of a month')
  return null
}

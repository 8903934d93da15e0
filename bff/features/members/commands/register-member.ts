import { randomInt } from 'node:crypto'
import { addDays } from '#shared/domain/business-date'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { networkOf } from '../../../kernel/network-of'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { earnPoints, openAccount } from '../../points'
import { readSettings } from '../../settings'
import { findClosed, identityHash, identityKeys } from '../identities'
import { firstNick, type Member, MemberKeyModel, MemberModel, newStanding } from '../member.model'
import type { CarryOver } from './bind-phone'

type RegisterServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'codeKeys'>

export interface Registration {
  openid: string
  unionid: string | null
  inviteCode?: string | undefined
  consentVersion?: string | undefined
  /** The phone's own random name of itself. */
  deviceId?: string | undefined
  /** The network address it came from. */
  clientAddress: string
}

export interface Registered {
  member: Member
  isNew: boolean
  /** Points given for registering just now. */
  giftedPoints: number
}

/**
 * Finds the member of a WeChat identity, or registers one with account and registration points in one
 * transaction. Two first sign-ins at once give one member and one gift of points; who closed an account before gets no
 * second gift, and the places that account took stay taken.
 * @throws `member.consent_required`
 */
export async function findOrRegisterMember(
  services: RegisterServices,
  registration: Registration,
  carryOver: CarryOver,
): Promise<Registered> {
  const found = await findByIdentity(registration)
  if (found) return welcomeBack(services, found, registration)
  try {
    return await inTransaction(() => register(services, registration, carryOver))
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const meanwhile = await findByIdentity(registration)
    if (!meanwhile) throw error
    return { member: meanwhile, isNew: false, giftedPoints: 0 }
  }
}

/** Keeps a consent that is newer than the one known. @throws `member.consent_required` after it was taken back */
async function welcomeBack(
  { clock }: RegisterServices,
  member: Member,
  { consentVersion }: Registration,
): Promise<Registered> {
  if (member.consentWithdrawnAt && !consentVersion) throw new DomainError('member.consent_required')
  if (consentVersion && member.consent?.version !== consentVersion) {
    const consent = { version: consentVersion, givenAt: clock.now() }
    const changes = { consent, consentWithdrawnAt: null }
    await MemberModel.updateOne({ _id: member._id, closedAt: null }, { $set: changes })
  }
  return { member, isNew: false, giftedPoints: 0 }
}

async function findByIdentity(registration: Registration): Promise<Member | null> {
  const key = await MemberKeyModel.findOne({ _id: { $in: identityKeys(registration) } }).lean()
  // The account may have been closed since its key was read.
  return key ? MemberModel.findOne({ _id: key.memberId, closedAt: null }).lean() : null
}

async function register(
  services: RegisterServices,
  registration: Registration,
  carryOver: CarryOver,
): Promise<Registered> {
  const former = await findClosed(services, identityKeys(registration))
  const joinedAt = services.clock.now()
  const memberId = newId()
  const inviteCode = newInviteCode()
  const { consentVersion } = registration
  const member: Member = {
    _id: memberId,
    openid: registration.openid,
    unionid: registration.unionid,
    nick: firstNick(inviteCode),
    avatarUrl: null,
    tier: 'regular',
    tierFloor: null,
    ...newStanding,
    inviteCode,
    invitedByCode: registration.inviteCode?.trim().toUpperCase() || null,
    joinedDevice: registration.deviceId ? identityHash(services, `device:${registration.deviceId}`) : null,
    joinedNetwork: identityHash(services, `network:${networkOf(registration.clientAddress)}`),
    consent: consentVersion ? { version: consentVersion, givenAt: joinedAt } : null,
    blockedReason: null,
    joinedAt,
    firstJoinedAt: former?.firstJoinedAt ?? null,
  }
  const keys = [...identityKeys(registration), `invite:${inviteCode}`]
  await MemberKeyModel.insertMany(keys.map((_id) => ({ _id, memberId })))
  await MemberModel.insertMany([member])
  await openAccount(memberId)
  if (former) {
    await carryOver(former.memberId, memberId, services.calendar.dateOf(joinedAt))
    await services.outbox.publish('member.registered', { memberId, points: 0, lifeDays: 0 })
    return { member, isNew: true, giftedPoints: 0 }
  }
  const giftedPoints = await giveRegistrationPoints(services, member)
  return { member, isNew: true, giftedPoints }
}

/** Once per person, and not while the number is set to nothing. */
async function giveRegistrationPoints(
  services: Pick<Services, 'clock' | 'calendar' | 'outbox'>,
  { _id: memberId, joinedAt }: Member,
): Promise<number> {
  const { registrationPoints: points, registrationLifeDays: lifeDays } = await readSettings()
  if (points > 0) {
    await earnPoints(services, {
      memberId,
      points,
      source: 'registration',
      expiresOn: addDays(services.calendar.dateOf(joinedAt), lifeDays),
      key: 'registration',
      title: '新会员礼',
      rules: [{ id: 'registration', title: `注册送 ${points}，${lifeDays} 天有效` }],
    })
  }
  await services.outbox.publish('member.registered', { memberId, points, lifeDays })
  return points
}

/** Letters and digits that cannot be mistaken for each other when read aloud or typed. */
const inviteAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

const newInviteCode = (): string =>
  Array.from({ length: 8 }, () => inviteAlphabet[randomInt(inviteAlphabet.length)]).join('')

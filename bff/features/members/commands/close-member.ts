import type { z } from 'zod'
import { closeMe as contract, type readClosing } from '#shared/contracts/profile'
import { DomainError } from '../../../kernel/errors'
import { runOnce } from '../../../platform/idempotency/run-once'
import type { Services } from '../../../platform/services'
import { closeAccount, readPoints } from '../../points'
import { closeSessionsOf } from '../../sessions'
import { identityHash } from '../identities'
import { ClosedIdentityModel, type Member, MemberKeyModel, MemberModel, newStanding } from '../member.model'
import { findOpenMember } from '../queries/find-open-member'

type CloseServices = Pick<Services, 'clock' | 'calendar' | 'cache' | 'codeKeys'>
type Obstacle = z.input<typeof readClosing.response>['obstacles'][number]

/** What closing an account asks of features that members do not know. */
export interface ClosingParts {
  /** Orders that are not over yet, after-sales among them. */
  countUnderWay: (memberId: string) => Promise<number>
  /** Each erases what its feature holds of a person, in the caller's transaction, and may run again. */
  erasers: readonly ((memberId: string) => Promise<void>)[]
}

/** What keeps an account from being closed now; nothing when it can be. */
export async function findClosingObstacles(
  services: Pick<Services, 'clock' | 'calendar'>,
  { countUnderWay }: ClosingParts,
  member: Member,
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = []
  const orders = await countUnderWay(member._id)
  if (orders > 0) {
    const message = `还有 ${orders} 张订单没有结束，领到、收到或取消后再来`
    obstacles.push({ code: 'orders_under_way', message })
  }
  const { debt } = await readPoints(services, member._id)
  if (debt > 0) obstacles.push({ code: 'debt', message: `还欠 ${debt} 积分，补足后再来，或联系客服` })
  if (member.blockedReason !== null) obstacles.push({ code: 'blocked', message: '账号被冻结，请先联系客服' })
  return obstacles
}

/**
 * Closes a member's account: his points are forfeited, everything that names him is erased, and the ledger stays under an
 * id that leads to nobody. Keyed hashes of his identities keep once-per-person gifts once. Afterwards nothing is earned
 * or redeemed under it: whatever tries writes to the points account too, and one of the two runs again and sees the other.
 * @throws `member.cannot_close` with the reasons, `member.closed`
 */
export async function closeMember(
  services: CloseServices,
  parts: ClosingParts,
  { memberId, key, input }: { memberId: string; key: string; input: object },
): Promise<z.input<typeof contract.response>> {
  const now = services.clock.now()
  const once = { actor: `member:${memberId}`, operation: contract.id, key, input, now }
  const { body } = await runOnce(once, async () => {
    const member = await findOpenMember(memberId)
    const obstacles = await findClosingObstacles(services, parts, member)
    if (obstacles[0]) {
      throw new DomainError('member.cannot_close', {
        message: obstacles[0].message,
        details: { reasons: obstacles },
      })
    }
    const forfeitedPoints = await closeAccount(services, memberId)
    await rememberPerson(services, member)
    await eraseMember(memberId, now)
    for (const erase of parts.erasers) await erase(memberId)
    return { status: 200, body: { forfeitedPoints } }
  })
  await closeSessionsOf(services, 'member', memberId)
  return body
}

async function rememberPerson(services: CloseServices, member: Member): Promise<void> {
  const keys = await MemberKeyModel.find({ memberId: member._id, _id: { $not: /^invite:/ } }).lean()
  const firstJoinedAt = member.firstJoinedAt ?? member.joinedAt
  for (const { _id: identity } of keys) {
    await ClosedIdentityModel.updateOne(
      { _id: identityHash(services, identity) },
      { $set: { memberId: member._id, firstJoinedAt } },
      { upsert: true },
    )
  }
  await MemberKeyModel.deleteMany({ _id: { $in: keys.map(({ _id }) => _id) } })
}

/** The tier and the dates stay, for reports count them; neither leads to a person. */
async function eraseMember(memberId: string, closedAt: Date): Promise<void> {
  await MemberModel.updateOne(
    { _id: memberId },
    {
      $set: {
        ...newStanding,
        tierFloor: null,
        lentTier: null,
        openid: `closed:${memberId}`,
        unionid: null,
        nick: '已注销',
        avatarUrl: null,
        phoneMasked: null,
        joinedDevice: null,
        joinedNetwork: null,
        invitedByCode: null,
        mutedTopics: [],
        consent: null,
        consentWithdrawnAt: null,
        closedAt,
      },
    },
  )
}

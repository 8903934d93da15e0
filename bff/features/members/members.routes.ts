import * as contracts from '#shared/contracts/members'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { DomainError, notFound } from '../../kernel/errors'
import { searchPattern } from '../../kernel/search-pattern'
import { adminWith, anyMember, anyone, type Route, route } from '../../platform/route'
import { readPoints } from '../points'
import { closeSession, openSession } from '../sessions'
import type { CarryOver } from './commands/bind-phone'
import { setBlocked } from './commands/block-member'
import type { ClosingParts } from './commands/close-member'
import { findOrRegisterMember } from './commands/register-member'
import { type SettleTier, updateMember } from './commands/update-member'
import { type Member, MemberModel } from './member.model'
import { presentAdminMember, presentMember } from './members.presenter'
import { createProfileRoutes, presentProfile } from './profile.routes'

/** What members need of features that they do not know. */
export interface MemberParts {
  countUnread: (memberId: string) => Promise<number>
  closing: ClosingParts
  carryOver: CarryOver
  settleTier: SettleTier
}

const createSignIn = (carryOver: CarryOver): Route =>
  route(contracts.signInMember, anyone, async ({ services, body, clientAddress }) => {
    const { openid, unionid } = await services.wechat.exchangeCode(body.code)
    const registration = { openid, unionid, clientAddress, ...body }
    const { member, isNew, giftedPoints } = await findOrRegisterMember(services, registration, carryOver)
    const { token, expiresAt } = await openSession(services, 'member', member._id)
    return {
      token,
      expiresAt: expiresAt.toISOString(),
      member: presentMember(member),
      isNew,
      giftedPoints,
    }
  })

async function findMember(memberId: string): Promise<Member> {
  const member = await MemberModel.findById(memberId).lean()
  if (!member) throw notFound('没有这位会员')
  return member
}

/** A token may outlive its account by the seconds that it is cached. */
async function findSelf(memberId: string): Promise<Member> {
  const member = await findMember(memberId)
  if (member.closedAt) throw new DomainError('auth.unauthenticated')
  return member
}

const list = route(
  contracts.listMembers,
  adminWith('operator', 'support', 'finance'),
  async ({ services, query }) => {
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    const wanted = query.q ? { $or: [{ _id: query.q }, { nick: searchPattern(query.q, 'start') }] } : {}
    const rows = await MemberModel.find({ $and: [before, wanted] })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    const items = await Promise.all(page.items.map((row) => presentAdminMember(services, row)))
    return { items, nextCursor: page.nextCursor }
  },
)

const block = (
  contract: typeof contracts.blockMember | typeof contracts.unblockMember,
  isBlocked: boolean,
): Route =>
  route(contract, adminWith('support', 'operator'), async ({ services, principal, params, body }) => {
    await setBlocked(services, principal, {
      memberId: params.id,
      isBlocked,
      reason: body.reason,
      operation: contract.id,
    })
    return { member: await presentAdminMember(services, await findMember(params.id)) }
  })

/** Routes of members. */
export const createMembersRoutes = ({
  countUnread,
  closing,
  carryOver,
  settleTier,
}: MemberParts): Route[] => [
  createSignIn(carryOver),
  route(contracts.signOutMember, anyMember, async ({ services, principal }) => {
    await closeSession(services, principal.tokenHash)
    return null
  }),
  route(contracts.readMe, anyMember, async ({ services, principal }) => {
    const self = await findSelf(principal.id)
    const { available, frozen, debt } = await readPoints(services, principal.id)
    return {
      member: presentMember(self),
      profile: presentProfile(self),
      points: { available, frozen, debt },
      unreadMessages: await countUnread(principal.id),
    }
  }),
  ...createProfileRoutes({ closing, carryOver }),
  list,
  route(contracts.readMember, adminWith('operator', 'support', 'finance'), async ({ services, params }) => ({
    member: await presentAdminMember(services, await findMember(params.id)),
  })),
  route(
    contracts.updateMember,
    adminWith('operator', 'support'),
    async ({ services, principal, params, body }) => {
      await updateMember(services, settleTier, principal, params.id, body)
      return { member: await presentAdminMember(services, await findMember(params.id)) }
    },
  ),
  block(contracts.blockMember, true),
  block(contracts.unblockMember, false),
]

import * as contracts from '#shared/contracts/members'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { searchPattern } from '../../kernel/search-pattern'
import { adminWith, anyMember, anyone, type Route, route } from '../../platform/route'
import { readPoints } from '../points'
import { closeSession, openSession } from '../sessions'
import { setBlocked } from './commands/block-member'
import { findOrRegisterMember } from './commands/register-member'
import { updateMember } from './commands/update-member'
import { type Member, MemberModel } from './member.model'
import { presentAdminMember, presentMember } from './members.presenter'

const signIn = route(contracts.signInMember, anyone, async ({ services, body }) => {
  const { openid, unionid } = await services.wechat.exchangeCode(body.code)
  const { member, isNew, giftedPoints } = await findOrRegisterMember(services, { openid, unionid, ...body })
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

/** Routes of members. `countUnread` comes from the inbox, which members do not know. */
export const createMembersRoutes = (countUnread: (memberId: string) => Promise<number>): Route[] => [
  signIn,
  route(contracts.signOutMember, anyMember, async ({ services, principal }) => {
    await closeSession(services, principal.tokenHash)
    return null
  }),
  route(contracts.readMe, anyMember, async ({ services, principal }) => {
    const { available, frozen, debt } = await readPoints(services, principal.id)
    return {
      member: presentMember(await findMember(principal.id)),
      points: { available, frozen, debt },
      unreadMessages: await countUnread(principal.id),
    }
  }),
  list,
  route(contracts.readMember, adminWith('operator', 'support', 'finance'), async ({ services, params }) => ({
    member: await presentAdminMember(services, await findMember(params.id)),
  })),
  route(
    contracts.updateMember,
    adminWith('operator', 'support'),
    async ({ services, principal, params, body }) => {
      await updateMember(services, principal, params.id, body)
      return { member: await presentAdminMember(services, await findMember(params.id)) }
    },
  ),
  block(contracts.blockMember, true),
  block(contracts.unblockMember, false),
]

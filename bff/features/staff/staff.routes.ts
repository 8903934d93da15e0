import * as contracts from '#shared/contracts/staff'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { DomainError, notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { inTransaction, isDuplicateKey } from '../../platform/mongo/transaction'
import { adminWith, anyone, anyStaff, type Route, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { recordAudit } from '../audit'
import { closeSession, closeSessionsOf, openSession } from '../sessions'
import { findStores, presentStore } from '../stores'
import { type StaffMember, StaffMemberModel } from './staff-member.model'

const presentAdminStaff = ({ _id, name, openid, storeId, isActive }: StaffMember) => ({
  id: _id,
  name,
  openid,
  storeId,
  isActive,
})

async function presentStaff(staff: StaffMember) {
  const store = (await findStores([staff.storeId]))[0]
  if (!store) throw new DomainError('auth.staff_not_bound')
  return { id: staff._id, name: staff.name, store: presentStore(store) }
}

const signIn = route(contracts.signInStaff, anyone, async ({ services, body }) => {
  const { openid } = await services.wechat.exchangeCode(body.code)
  const staff = await StaffMemberModel.findOne({ openid, isActive: true }).lean()
  if (!staff) throw new DomainError('auth.staff_not_bound')
  const { token, expiresAt } = await openSession(services, 'staff', staff._id)
  return { token, expiresAt: expiresAt.toISOString(), staff: await presentStaff(staff) }
})

async function requireStore(storeId: string): Promise<void> {
  if ((await findStores([storeId])).length === 0) throw notFound('没有这家门店')
}

const create = route(contracts.createStaff, adminWith('operator'), async ({ services, principal, body }) => {
  await requireStore(body.storeId)
  const staff: StaffMember = { _id: newId(), isActive: true, ...body }
  try {
    await inTransaction(async () => {
      await StaffMemberModel.insertMany([staff])
      await recordAudit(services.clock, principal, {
        operation: contracts.createStaff.id,
        targetId: staff._id,
        before: null,
        after: presentAdminStaff(staff),
      })
    })
  } catch (error) {
    if (isDuplicateKey(error))
      throw new DomainError('resource.conflict', { message: '这个微信已经绑定过店员' })
    throw error
  }
  return { staff: presentAdminStaff(staff) }
})

const update = route(
  contracts.updateStaff,
  adminWith('operator'),
  async ({ services, principal, params, body }) => {
    if (body.storeId) await requireStore(body.storeId)
    const staff = await inTransaction(async () => {
      const before = await StaffMemberModel.findById(params.id).lean()
      if (!before) throw notFound('没有这位店员')
      await StaffMemberModel.updateOne({ _id: params.id }, { $set: body })
      const after = { ...before, ...body }
      await recordAudit(services.clock, principal, {
        operation: contracts.updateStaff.id,
        targetId: params.id,
        before: presentAdminStaff(before),
        after: presentAdminStaff(after),
      })
      return after
    })
    if (!staff.isActive) await closeSessionsOf(services, 'staff', staff._id)
    return { staff: presentAdminStaff(staff) }
  },
)

const list = route(contracts.listStaff, adminWith('operator', 'support'), async ({ query }) => {
  const after = query.cursor ? { _id: { $gt: decodeCursor(query.cursor, ['string'])[0] } } : {}
  const rows = await StaffMemberModel.find(after)
    .sort({ _id: 1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentAdminStaff), nextCursor: page.nextCursor }
})

/** Routes of staff. `countHandedOverToday` comes from orders, which staff do not know. */
export const createStaffRoutes = (
  countHandedOverToday: (services: Services, storeId: string) => Promise<number>,
): Route[] => [
  signIn,
  route(contracts.signOutStaff, anyStaff, async ({ services, principal }) => {
    await closeSession(services, principal.tokenHash)
    return null
  }),
  route(contracts.readStaffMe, anyStaff, async ({ services, principal }) => {
    const staff = await StaffMemberModel.findById(principal.id).lean()
    if (!staff?.isActive) throw new DomainError('auth.unauthenticated')
    return {
      staff: await presentStaff(staff),
      handedOverToday: await countHandedOverToday(services, staff.storeId),
    }
  }),
  create,
  update,
  list,
]

import * as contracts from '#shared/contracts/admins'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { DomainError } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { inTransaction, isDuplicateKey } from '../../platform/mongo/transaction'
import { type AdminPrincipal, adminWith, anyone, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { recordAudit } from '../audit'
import { closeSession, listAdminSessions } from '../sessions'
import { type Admin, AdminModel } from './admin.model'
import { presentAccount, presentAdmin } from './admins.presenter'
import { changeAdmin, requireAdmin } from './commands/change-admin'
import { endSession } from './commands/end-session'
import { changePassword, resetPassword } from './commands/set-password'
import { signIn } from './commands/sign-in'
import { hashPassword } from './passwords'

const anyAdmin = adminWith('operator', 'reviewer', 'finance', 'support', 'partner')
const ownersOnly = adminWith()

const create = route(contracts.createAdmin, ownersOnly, async ({ services, principal, body }) => {
  const { password, ...fields } = body
  const admin: Admin = {
    _id: newId(),
    passwordHash: await hashPassword(password),
    stoppedAt: null,
    lastSignedInAt: null,
    ...fields,
  }
  try {
    await inTransaction(async () => {
      await AdminModel.insertMany([admin])
      await recordAudit(services.clock, principal, {
        operation: contracts.createAdmin.id,
        targetId: admin._id,
        before: null,
        after: presentAdmin(admin),
      })
    })
  } catch (error) {
    if (isDuplicateKey(error)) throw new DomainError('resource.conflict', { message: '这个用户名已经有了' })
    throw error
  }
  return { admin: presentAdmin(admin) }
})

const list = route(contracts.listAdmins, ownersOnly, async ({ query }) => {
  const after = query.cursor ? { _id: { $gt: decodeCursor(query.cursor, ['string'])[0] } } : {}
  const rows = await AdminModel.find(after)
    .sort({ _id: 1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, ({ _id }) => [_id])
  return { items: page.items.map(presentAccount), nextCursor: page.nextCursor }
})

async function presentSessions(services: Services, principal: AdminPrincipal, adminId: string) {
  const sessions = await listAdminSessions(services, adminId)
  return {
    items: sessions.map(({ _id, createdAt, expiresAt, userAgent }) => ({
      id: _id,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      userAgent: userAgent ?? null,
      isCurrent: _id === principal.tokenHash,
    })),
  }
}

export const adminsRoutes = [
  route(contracts.signInAdmin, anyone, ({ services, body, clientAddress, userAgent }) =>
    signIn(services, body, { address: clientAddress, userAgent }),
  ),
  route(contracts.signOutAdmin, anyAdmin, async ({ services, principal }) => {
    await closeSession(services, principal.tokenHash)
    return null
  }),
  create,
  list,
  route(contracts.updateAdmin, ownersOnly, async ({ services, principal, params, body }) => ({
    admin: presentAccount(await changeAdmin(services, principal, params.id, body)),
  })),
  route(contracts.resetAdminPassword, ownersOnly, async ({ services, principal, params, body }) => {
    await resetPassword(services, principal, { adminId: params.id, password: body.password })
    return null
  }),
  route(contracts.listAdminSessions, ownersOnly, async ({ services, principal, params }) => {
    await requireAdmin(params.id)
    return presentSessions(services, principal, params.id)
  }),
  route(contracts.endAdminSession, ownersOnly, async ({ services, principal, params }) => {
    const { id: adminId, sessionId } = params
    await endSession(services, principal, { adminId, sessionId, operation: contracts.endAdminSession.id })
    return null
  }),
  route(contracts.changeOwnPassword, anyAdmin, async ({ services, principal, body, clientAddress }) => {
    await changePassword(services, principal, { ...body, clientAddress })
    return null
  }),
  route(contracts.listOwnSessions, anyAdmin, ({ services, principal }) =>
    presentSessions(services, principal, principal.id),
  ),
  route(contracts.endOwnSession, anyAdmin, async ({ services, principal, params }) => {
    const session = { adminId: principal.id, sessionId: params.id }
    await endSession(services, principal, { ...session, operation: contracts.endOwnSession.id })
    return null
  }),
]

import { hash, verify } from '@node-rs/argon2'
import * as contracts from '#shared/contracts/admins'
import { DomainError } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { inTransaction, isDuplicateKey } from '../../platform/mongo/transaction'
import { adminWith, anyone, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { closeSession, openSession } from '../sessions'
import { type Admin, AdminModel } from './admin.model'

const presentAdmin = ({ _id, username, name, role }: Admin) => ({ id: _id, username, name, role })

/** Verified against when the username is unknown, so that the answer takes as long and tells nothing. */
let decoyHash: Promise<string> | undefined

const signIn = route(contracts.signInAdmin, anyone, async ({ services, body, clientAddress }) => {
  const attempts = `${clientAddress}:${body.username}`
  await services.rateLimits.count('password', attempts)
  const admin = await AdminModel.findOne({ username: body.username }).lean()
  decoyHash ??= hash('decoy')
  const isRight = await verify(admin?.passwordHash ?? (await decoyHash), body.password)
  if (!admin || !isRight) throw new DomainError('auth.wrong_password')
  await services.rateLimits.giveBack('password', attempts)
  const { token, expiresAt } = await openSession(services, 'admin', admin._id)
  return { token, expiresAt: expiresAt.toISOString(), admin: presentAdmin(admin) }
})

const create = route(contracts.createAdmin, adminWith(), async ({ services, principal, body }) => {
  const { password, ...fields } = body
  const admin: Admin = { _id: newId(), passwordHash: await hash(password), ...fields }
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

export const adminsRoutes = [
  signIn,
  create,
  route(
    contracts.signOutAdmin,
    adminWith('operator', 'reviewer', 'finance', 'support', 'partner'),
    async (call) => {
      await closeSession(call.services, call.principal.tokenHash)
      return null
    },
  ),
]

import { newId } from '../../kernel/ids'
import { isDuplicateKey } from '../../platform/mongo/transaction'
import { type Admin, AdminModel } from './admin.model'
import { hashPassword } from './passwords'

export { adminsRoutes } from './admins.routes'

/** The admin behind a session, or null when they are gone or stopped. Read for every request, so that a stop holds at once. */
export const findAdmin = (adminId: string): Promise<Admin | null> =>
  AdminModel.findOne({ _id: adminId, stoppedAt: null }).lean()

/** Creates the first owner while there is no admin at all; later starts change nothing. */
export async function ensureFirstOwner(username: string, password: string): Promise<void> {
  if (await AdminModel.exists({})) return
  const owner: Admin = {
    _id: newId(),
    username,
    passwordHash: await hashPassword(password),
    name: '所有者',
    role: 'owner',
    stoppedAt: null,
    lastSignedInAt: null,
  }
  await AdminModel.insertMany([owner]).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error
  })
}

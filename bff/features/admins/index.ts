import { hash } from '@node-rs/argon2'
import { newId } from '../../kernel/ids'
import { isDuplicateKey } from '../../platform/mongo/transaction'
import { type Admin, AdminModel } from './admin.model'

export { adminsRoutes } from './admins.routes'

/** The admin behind a session, or null when he is gone. */
export const findAdmin = (adminId: string): Promise<Admin | null> => AdminModel.findById(adminId).lean()

/** Creates the first owner while there is no admin at all; later starts change nothing. */
export async function ensureFirstOwner(username: string, password: string): Promise<void> {
  if (await AdminModel.exists({})) return
  const owner: Admin = {
    _id: newId(),
    username,
    passwordHash: await hash(password),
    name: '所有者',
    role: 'owner',
  }
  await AdminModel.insertMany([owner]).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error
  })
}

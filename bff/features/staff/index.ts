import { DomainError } from '../../kernel/errors'
import { findStores } from '../stores'
import { StaffMemberModel } from './staff-member.model'

export { createStaffRoutes } from './staff.routes'

/**
 * The staff member with his store, as it is now: one who was switched off may do nothing more.
 * @throws `auth.unauthenticated`
 */
export async function requireStaff(staffId: string) {
  const staff = await StaffMemberModel.findById(staffId).lean()
  const store = staff ? (await findStores([staff.storeId]))[0] : undefined
  if (!staff?.isActive || !store) throw new DomainError('auth.unauthenticated', { message: '店员身份已停用' })
  return { id: staff._id, name: staff.name, store }
}

import type { z } from 'zod'
import type { admin, adminAccount } from '#shared/contracts/admins'
import type { Admin } from './admin.model'

export const presentAdmin = ({ _id, username, name, role }: Admin): z.input<typeof admin> => ({
  id: _id,
  username,
  name,
  role,
})

export const presentAccount = (account: Admin): z.input<typeof adminAccount> => ({
  ...presentAdmin(account),
  isActive: !account.stoppedAt,
  lastSignedInAt: account.lastSignedInAt?.toISOString() ?? null,
})

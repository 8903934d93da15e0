import * as contracts from '#shared/contracts/tiers'
import { adminWith, anyMember, route } from '../../platform/route'
import { readAdminTier, readTier } from './queries/read-tier'

export const tiersRoutes = [
  route(contracts.readTier, anyMember, ({ services, principal }) => readTier(services, principal.id)),
  route(
    contracts.readMemberTier,
    adminWith('operator', 'support', 'finance'),
    async ({ services, params }) => ({ tier: await readAdminTier(services, params.id) }),
  ),
]

import * as contracts from '#shared/contracts/invitations'
import { adminWith, anyMember, route } from '../../platform/route'
import { requireOpenMember } from '../members'
import { listInvitations } from './queries/list-invitations'
import { readInvitations } from './queries/read-invitations'

/** Where the mini-program code leads; the scene is all that it can carry. */
const landingPage = 'pages/home/index'

export const invitationsRoutes = [
  route(contracts.readInvitations, anyMember, ({ services, principal, query }) =>
    readInvitations(services, principal.id, query),
  ),
  route(contracts.readInvitationCode, anyMember, async ({ services, principal }) => {
    const { inviteCode } = await requireOpenMember(principal.id)
    const bytes = await services.wechat.miniProgramCode({ scene: `i=${inviteCode}`, page: landingPage })
    return { contentType: bytes[0] === 0x89 ? ('image/png' as const) : ('image/jpeg' as const), bytes }
  }),
  route(contracts.listAdminInvitations, adminWith('operator', 'support', 'finance'), ({ query }) =>
    listInvitations(query),
  ),
]

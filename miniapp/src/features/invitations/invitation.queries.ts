import type { ResponseOf } from '#shared/contracts/index'
import { usePages } from '../../platform/paging'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type InvitationsPage = ResponseOf<'GET /api/member/invitations'>
export type Invitation = InvitationsPage['items'][number]

/** The member's code, the rules, and whom he invited, newest first. */
export const useInvitations = () => {
  const isSignedIn = useIsSignedIn()
  return usePages<Invitation, InvitationsPage>(
    ['member', 'invitations'],
    (cursor) => api('GET /api/member/invitations', { query: { cursor } }),
    isSignedIn,
  )
}

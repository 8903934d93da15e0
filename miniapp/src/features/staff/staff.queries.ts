import { useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { usePages } from '../../platform/paging'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn, useSession } from '../../platform/session'
import { dropPending } from './pending-hand-over'

export type Redemption = ResponseOf<'POST /api/staff/redemptions'>
export type RedemptionsPage = ResponseOf<'GET /api/staff/redemptions'>

/** Who is at the desk, in which store, and how many gifts went over the counter today. */
export const useStaffMe = () => {
  const isSignedIn = useIsSignedIn('staff')
  return useQuery({
    queryKey: ['staff', 'me'],
    queryFn: () => api('GET /api/staff/me'),
    enabled: isSignedIn,
  })
}

/** What this store handed over today, newest first. */
export const useRedemptions = () => {
  const isSignedIn = useIsSignedIn('staff')
  return usePages<RedemptionsPage['items'][number], RedemptionsPage>(
    ['staff', 'redemptions'],
    (cursor) => api('GET /api/staff/redemptions', { query: { cursor } }),
    isSignedIn,
  )
}

/** Signs a member of staff in. @throws ApiError `auth.staff_not_bound` and others */
export async function signInStaff(code: string): Promise<void> {
  const answer = await api('POST /api/staff/session', { body: { code } })
  useSession.getState().signIn('staff', answer)
  await queryClient.resetQueries({ queryKey: ['staff'] })
}

/** Forgets the token here and, when it can be reached, on the server. */
export async function signOutStaff(): Promise<void> {
  const me = queryClient.getQueryData<ResponseOf<'GET /api/staff/me'>>(['staff', 'me'])
  await api('DELETE /api/staff/session', { retries: 0 }).catch(() => undefined)
  useSession.getState().signOut('staff')
  if (me) dropPending(me.staff.id)
}

import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type CheckIns = ResponseOf<'GET /api/member/check-ins'>

export const checkInsQuery = queryOptions({
  queryKey: ['member', 'check-ins'],
  queryFn: () => api('GET /api/member/check-ins'),
})

/** This week, today and tomorrow. */
export const useCheckIns = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({ ...checkInsQuery, enabled: isSignedIn })
}

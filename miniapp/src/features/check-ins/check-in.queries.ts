import { useMutation, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type CheckIns = ResponseOf<'GET /api/member/check-ins'>

/** This week, today and tomorrow. */
export const useCheckIns = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'check-ins'],
    queryFn: () => api('GET /api/member/check-ins'),
    enabled: isSignedIn,
  })
}

/** Today's check-in. Repeating it is harmless: the server gives the same result back. */
export const useCheckIn = () =>
  useMutation({
    mutationFn: () => api('POST /api/member/check-ins'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['member'] }),
  })

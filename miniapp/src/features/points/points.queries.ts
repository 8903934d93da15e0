import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import type { EntryFilter } from '#shared/domain/enums'
import { usePages } from '../../platform/paging'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type PointsSummary = ResponseOf<'GET /api/member/points'>
export type EntriesPage = ResponseOf<'GET /api/member/points/entries'>
export type PointsEntry = EntriesPage['items'][number]

export const pointsQuery = queryOptions({
  queryKey: ['member', 'points'],
  queryFn: () => api('GET /api/member/points'),
})

/** Available, frozen, owed and soon expiring points. */
export const usePoints = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({ ...pointsQuery, enabled: isSignedIn })
}

/** The history, newest first, by cursor. */
export const usePointsEntries = (kind: EntryFilter | undefined) => {
  const isSignedIn = useIsSignedIn()
  return usePages<PointsEntry, EntriesPage>(
    ['member', 'points', 'entries', kind ?? 'all'],
    (cursor) => api('GET /api/member/points/entries', { query: { cursor, kind } }),
    isSignedIn,
  )
}

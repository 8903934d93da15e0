import type { ReactElement, ReactNode } from 'react'
import { ErrorState } from '../error-state/error-state'

export interface QueryLike<Data> {
  data: Data | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

export interface QueryViewProps<Data> {
  query: QueryLike<Data>
  skeleton: ReactNode
  isEmpty?: (data: Data) => boolean
  empty?: ReactNode
  children: (data: Data) => ReactElement | null
}

/** Skeleton, error, empty or content: the four states of anything read from the server. Old content outlives an error. */
export function QueryView<Data>({ query, skeleton, isEmpty, empty, children }: QueryViewProps<Data>) {
  if (query.data === undefined) {
    if (query.isPending) return <>{skeleton}</>
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  if (empty && isEmpty?.(query.data)) return <>{empty}</>
  return children(query.data)
}

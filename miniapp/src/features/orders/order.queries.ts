import { useMutation, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { usePages } from '../../platform/paging'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type OrdersPage = ResponseOf<'GET /api/member/orders'>
export type OrderSummary = OrdersPage['items'][number]
export type OrderDetail = ResponseOf<'GET /api/member/orders/:id'>['order']
export type OrderTab = 'all' | 'to_receive' | 'to_pick_up' | 'completed'

/** The member's orders under a tab, newest first. */
export const useOrders = (tab: OrderTab) => {
  const isSignedIn = useIsSignedIn()
  return usePages<OrderSummary, OrdersPage>(
    ['member', 'orders', 'list', tab],
    (cursor) => api('GET /api/member/orders', { query: { cursor, tab: tab === 'all' ? undefined : tab } }),
    isSignedIn,
  )
}

/** One order; `pollMs` keeps asking while a page waits for something to happen to it. */
export const useOrder = (id: string, pollMs: number | false = false) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'orders', 'detail', id],
    queryFn: () =>
      api('GET /api/member/orders/:id', { params: { id }, retries: pollMs === false ? undefined : 0 }),
    enabled: isSignedIn && id !== '',
    refetchInterval: pollMs,
  })
}

/** Points, stock and orders may all have changed. */
export function afterOrderChanged(): void {
  void queryClient.invalidateQueries({ queryKey: ['member'] })
  void queryClient.invalidateQueries({ queryKey: ['gifts'] })
}

/** Cancels an order, or confirms that it was received. Both are refused by state, so a repeat does no harm. */
export const useOrderChange = (id: string, change: 'cancel' | 'confirm') =>
  useMutation({
    mutationFn: () =>
      change === 'cancel'
        ? api('POST /api/member/orders/:id/cancel', { params: { id } })
        : api('POST /api/member/orders/:id/confirm', { params: { id } }),
    onSettled: afterOrderChanged,
  })

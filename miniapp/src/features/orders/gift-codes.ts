import { useMutation } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { api } from '../../platform/request'
import { afterOrderChanged } from './order.queries'

export type GiftCode = ResponseOf<'GET /api/member/orders/:id/gift-codes'>['items'][number]

/**
 * An order's codes, asked for only when the member wants to see them: each look is logged, and the first one
 * completes the order. They are kept while they are on the screen, nowhere else.
 */
export function useGiftCodes(orderId: string) {
  const look = useMutation({
    mutationFn: () => api('GET /api/member/orders/:id/gift-codes', { params: { id: orderId } }),
    gcTime: 0,
    onSuccess: afterOrderChanged,
  })
  return {
    codes: look.data?.items ?? null,
    isPending: look.isPending,
    error: look.error,
    show: () => look.mutate(),
    hide: look.reset,
  }
}

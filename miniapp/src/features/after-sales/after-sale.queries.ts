import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { AttemptKey } from '../../platform/idempotency-key'
import { usePages } from '../../platform/paging'
import { loadPhoto } from '../../platform/photos'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'
import { afterOrderChanged } from '../orders/order.queries'

export type AfterSale = ResponseOf<'GET /api/member/after-sales/:id'>['afterSale']
export type AfterSalesPage = ResponseOf<'GET /api/member/after-sales'>
export type AfterSaleSummary = AfterSalesPage['items'][number]
export type AfterSaleOptions = ResponseOf<'GET /api/member/orders/:id/after-sale-options'>
type AfterSaleInput = BodyOf<'POST /api/member/after-sales'>

/** What can be asked for after an order, and the newest that was. */
export const useAfterSaleOptions = (orderId: string) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'after-sales', 'options', orderId],
    queryFn: () => api('GET /api/member/orders/:id/after-sale-options', { params: { id: orderId } }),
    enabled: isSignedIn && orderId !== '',
  })
}

/** What the member asked for so far, newest first. */
export const useAfterSales = () => {
  const isSignedIn = useIsSignedIn()
  return usePages<AfterSaleSummary, AfterSalesPage>(
    ['member', 'after-sales', 'list'],
    (cursor) => api('GET /api/member/after-sales', { query: { cursor } }),
    isSignedIn,
  )
}

export const useAfterSale = (id: string) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'after-sales', 'detail', id],
    queryFn: () => api('GET /api/member/after-sales/:id', { params: { id } }),
    enabled: isSignedIn && id !== '',
  })
}

/** A picture of the member's on this phone. */
export const usePhoto = (id: string) =>
  useQuery({ queryKey: ['photos', id], queryFn: () => loadPhoto(id), staleTime: Number.POSITIVE_INFINITY })

/** Sends a request once: a try after a lost answer carries the same key. */
export function useRequestAfterSale() {
  const attemptRef = useRef(new AttemptKey())
  return useMutation({
    mutationFn: async (input: AfterSaleInput) => {
      const idempotencyKey = await attemptRef.current.keyFor(input)
      return api('POST /api/member/after-sales', { body: input, idempotencyKey })
    },
    onSuccess: () => attemptRef.current.settle(),
    onError: (error) => {
      if (!(error instanceof ApiError && error.isUndecided)) attemptRef.current.settle()
    },
    onSettled: afterOrderChanged,
  })
}

/** Refused by state when repeated, so a second tap does no harm. */
export const useWithdrawAfterSale = (id: string) =>
  useMutation({
    mutationFn: () => api('POST /api/member/after-sales/:id/withdraw', { params: { id } }),
    onSettled: afterOrderChanged,
  })

export const useSendBack = (id: string) =>
  useMutation({
    mutationFn: (body: BodyOf<'POST /api/member/after-sales/:id/return-parcel'>) =>
      api('POST /api/member/after-sales/:id/return-parcel', { params: { id }, body }),
    onSettled: afterOrderChanged,
  })

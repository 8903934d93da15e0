import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { AttemptKey } from '../../platform/idempotency-key'
import { api } from '../../platform/request'
import { afterOrderChanged, type OrderDetail } from './order.queries'
import { type SecondCheck, useSecondCheck, withoutCode } from './second-check'

export type OrderInput = BodyOf<'POST /api/member/orders'>

export interface PlacingOrder {
  place: (input: OrderInput) => void
  isPlacing: boolean
  /** The order whose answer was lost: whatever is placed next, this very one goes out again until it is decided. */
  undecided: OrderInput | null
  secondCheck: SecondCheck | null
  error: unknown
  order: OrderDetail | null
  reset: () => void
}

/**
 * Places an order once, however often the button is tapped. A tap while one is under way is dropped, and a try
 * after a lost answer carries the same idempotency key, so the server gives back the first result. So does the same order
 * with the code that it turned out to need.
 */
export function usePlaceOrder(): PlacingOrder {
  const attemptRef = useRef(new AttemptKey())
  const isUnderWayRef = useRef(false)
  const check = useSecondCheck()
  const mutation = useMutation({
    mutationFn: async (input: OrderInput) => {
      const idempotencyKey = await attemptRef.current.keyFor(withoutCode(input))
      return api('POST /api/member/orders', { body: input, idempotencyKey })
    },
    onSuccess: () => {
      check.end(true)
      attemptRef.current.settle()
      afterOrderChanged()
    },
    onError: (error, input) => {
      if (error instanceof ApiError && error.isUndecided) return
      if (check.takes(error, input)) return
      check.end(false)
      attemptRef.current.settle()
      afterOrderChanged()
    },
    onSettled: () => {
      isUnderWayRef.current = false
    },
  })

  const isUndecided = mutation.error instanceof ApiError && mutation.error.isUndecided
  const undecided = isUndecided ? (mutation.variables ?? null) : null

  const place = (input: OrderInput) => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    mutation.mutate(undecided ?? input)
  }
  const { error, isPending: isPlacing, reset: forget } = mutation

  return {
    place,
    isPlacing,
    undecided,
    secondCheck: check.shown({ error, isPlacing, isUndecided, place, forget }),
    error,
    order: mutation.data?.order ?? null,
    reset: forget,
  }
}

/** What the server said a piece costs now, when it refused an order for its price. */
export function changedPriceOf(error: unknown, giftId: string, skuId: string | null): number | null {
  if (!(error instanceof ApiError) || error.code !== 'order.price_changed') return null
  const { items = [] } = (error.details ?? {}) as Partial<ChangedPrices>
  return items.find((item) => item.giftId === giftId && item.skuId === skuId)?.pricePoints ?? null
}

interface ChangedPrices {
  items: { giftId: string; skuId: string | null; pricePoints: number }[]
}

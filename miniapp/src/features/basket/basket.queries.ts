import { useMutation, useQuery } from '@tanstack/react-query'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'
import { limits } from '#shared/domain/limits'
import { ApiError } from '../../platform/api-error'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type Basket = ResponseOf<'GET /api/member/basket'>['basket']
export type BasketItem = Basket['items'][number]
type Lines = BodyOf<'PUT /api/member/basket'>['items']

const queryKey = ['member', 'basket']

/** The basket with the prices and stock of now. */
export const useBasket = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({ queryKey, queryFn: () => api('GET /api/member/basket'), enabled: isSignedIn })
}

const keyOf = ({ giftId, skuId }: { giftId: string; skuId?: string | null }) => `${giftId}:${skuId ?? ''}`

/** A basket's lines as they are sent, with one of them set to a quantity; 0 takes it out. */
export function linesWith(items: readonly BasketItem[], changed: BasketItem, quantity: number): Lines {
  return items
    .map(({ giftId, skuId, quantity: before }) => ({
      giftId,
      ...(skuId ? { skuId } : {}),
      quantity: keyOf({ giftId, skuId }) === keyOf(changed) ? quantity : before,
    }))
    .filter((line) => line.quantity > 0)
}

const isConflict = (error: unknown) => error instanceof ApiError && error.code === 'resource.conflict'

/** Changes one line. Another phone's change is not written over: then the basket is read again. */
export const useChangeBasket = () =>
  useMutation({
    mutationFn: ({ basket, item, quantity }: { basket: Basket; item: BasketItem; quantity: number }) =>
      api('PUT /api/member/basket', {
        body: { items: linesWith(basket.items, item, quantity), revision: basket.revision },
      }),
    onSuccess: (answer) => queryClient.setQueryData(queryKey, answer),
    onError: (error) => {
      if (isConflict(error)) void queryClient.invalidateQueries({ queryKey })
    },
  })

export class BasketFullError extends Error {}

/** Puts one more piece in, on top of what the basket holds now; a change of another phone meanwhile is kept. */
async function addOnce(giftId: string, skuId: string | null) {
  const { basket } = await api('GET /api/member/basket')
  const lines: Lines = basket.items.map((item) => ({
    giftId: item.giftId,
    ...(item.skuId ? { skuId: item.skuId } : {}),
    quantity: item.quantity,
  }))
  const same = lines.find((line) => keyOf(line) === keyOf({ giftId, skuId }))
  if (same) same.quantity = Math.min(same.quantity + 1, limits.quantityPerItem)
  else lines.push({ giftId, ...(skuId ? { skuId } : {}), quantity: 1 })
  if (lines.length > limits.basketLines) throw new BasketFullError()
  return api('PUT /api/member/basket', { body: { items: lines, revision: basket.revision } })
}

export const useAddToBasket = () =>
  useMutation({
    mutationFn: ({ giftId, skuId }: { giftId: string; skuId: string | null }) =>
      addOnce(giftId, skuId).catch((error: unknown) => {
        if (isConflict(error)) return addOnce(giftId, skuId)
        throw error
      }),
    onSuccess: (answer) => queryClient.setQueryData(queryKey, answer),
  })

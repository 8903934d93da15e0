import { queryOptions, useQuery } from '@tanstack/react-query'
import type { QueryOf, ResponseOf } from '#shared/contracts/index'
import { usePages } from '../../platform/paging'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type GiftsPage = ResponseOf<'GET /api/member/gifts'>
export type GiftCardData = GiftsPage['items'][number]
export type GiftDetail = ResponseOf<'GET /api/member/gifts/:id'>['gift']
export type GiftQuery = Omit<QueryOf<'GET /api/member/gifts'>, 'cursor' | 'limit'>

const rowLength = 10

/** Categories with how many gifts each has. */
export const useGiftCategories = () =>
  useQuery({
    queryKey: ['gifts', 'categories'],
    queryFn: () => api('GET /api/member/gift-categories'),
    staleTime: 5 * 60_000,
  })

/** The mall's list, by cursor. */
export const useGifts = (query: GiftQuery) =>
  usePages<GiftCardData, GiftsPage>(['gifts', 'list', query], (cursor) =>
    api('GET /api/member/gifts', { query: { ...query, cursor } }),
  )

export const affordableGiftsQuery = queryOptions({
  queryKey: ['gifts', 'affordable'],
  queryFn: () =>
    api('GET /api/member/gifts', { query: { affordable: 'true', sort: 'price_desc', limit: rowLength } }),
})

/**
 * What the member can redeem now, the dearest first: the best use of the points stands in front. The server knows
 * what is affordable; what has run out or is not for this member is left out here.
 */
export const useAffordableGifts = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    ...affordableGiftsQuery,
    select: ({ items }) => items.filter((gift) => !gift.isSoldOut && gift.eligibility?.canRedeem !== false),
    enabled: isSignedIn,
  })
}

export const hotGiftsQuery = queryOptions({
  queryKey: ['gifts', 'hot'],
  queryFn: () => api('GET /api/member/gifts', { query: { sort: 'hot', limit: 6 } }),
})

/** What others redeem. */
export const useHotGifts = () => useQuery(hotGiftsQuery)

/** One gift, and whether this member can redeem it; read by its page, and ahead of it. */
export const giftQuery = (id: string) => ({
  queryKey: ['gifts', 'detail', id],
  queryFn: () => api('GET /api/member/gifts/:id', { params: { id } }),
})

export const useGift = (id: string) => useQuery({ ...giftQuery(id), enabled: id !== '' })

import { useMutation, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { usePages } from '../../platform/paging'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type WishesPage = ResponseOf<'GET /api/member/wishes'>
export type Wish = WishesPage['items'][number]

/** What the member wishes for, newest first. */
export const useWishes = () => {
  const isSignedIn = useIsSignedIn()
  return usePages<Wish, WishesPage>(
    ['member', 'wishes', 'list'],
    (cursor) => api('GET /api/member/wishes', { query: { cursor } }),
    isSignedIn,
  )
}

/** Whether a gift is on the list. */
export const useIsWished = (giftId: string) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'wishes', 'gift', giftId],
    queryFn: () => api('GET /api/member/wishes/:id', { params: { id: giftId } }),
    enabled: isSignedIn,
  })
}

const remove = async (id: string): Promise<void> => {
  try {
    await api('DELETE /api/member/wishes/:id', { params: { id } })
  } catch (error) {
    // Gone already, by another phone or an answer that got lost: that is what was wanted.
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
}

/** Puts a gift on the list or takes it off. Repeating either changes nothing. */
export const useWish = (giftId: string) =>
  useMutation({
    mutationFn: async (isWished: boolean) => {
      if (isWished) await api('POST /api/member/wishes', { body: { giftId } })
      else await remove(giftId)
    },
    onMutate: (isWished) => queryClient.setQueryData(['member', 'wishes', 'gift', giftId], { isWished }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['member', 'wishes'] }),
  })

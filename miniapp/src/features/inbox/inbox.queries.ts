import { useMutation } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { usePages } from '../../platform/paging'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type InboxPage = ResponseOf<'GET /api/member/inbox'>
export type Message = InboxPage['items'][number]

/** Messages, newest first. */
export const useInbox = () => {
  const isSignedIn = useIsSignedIn()
  return usePages<Message, InboxPage>(
    ['member', 'inbox'],
    (cursor) => api('GET /api/member/inbox', { query: { cursor } }),
    isSignedIn,
  )
}

/** Marks every message as read. */
export const useReadAll = () =>
  useMutation({
    mutationFn: () => api('POST /api/member/inbox/read'),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['member'] }),
  })

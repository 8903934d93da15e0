import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { AttemptKey } from '../../platform/idempotency-key'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'

export type MakeUpInput = BodyOf<'POST /api/member/check-ins/make-ups'>
export type MadeUp = ResponseOf<'POST /api/member/check-ins/make-ups'>

/**
 * Makes up a day once, however often the button is tapped: a try after a lost answer carries the same key. What the screen
 * shows of days, cards and points is read again whatever came of it.
 */
export function useMakeUp() {
  const attemptRef = useRef(new AttemptKey())
  return useMutation({
    mutationFn: async (input: MakeUpInput) => {
      const idempotencyKey = await attemptRef.current.keyFor(input)
      return api('POST /api/member/check-ins/make-ups', { body: input, idempotencyKey })
    },
    onSuccess: () => attemptRef.current.settle(),
    onError: (error) => {
      if (!(error instanceof ApiError && error.isUndecided)) attemptRef.current.settle()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['member'] }),
  })
}

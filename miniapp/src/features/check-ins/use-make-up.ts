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
 * Makes up a day once, however often the button is tapped: a tap while one is under way is dropped, and while an answer is
 * missing that very request goes out again, under the same key. What the screen shows of days, cards and points is read
 * again whatever came of it.
 */
export function useMakeUp(onDone: (madeUp: MadeUp) => void) {
  const attemptRef = useRef(new AttemptKey())
  const isUnderWayRef = useRef(false)
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: async (input: MakeUpInput) => {
      const idempotencyKey = await attemptRef.current.keyFor(input)
      return api('POST /api/member/check-ins/make-ups', { body: input, idempotencyKey })
    },
    onSuccess: (madeUp) => {
      attemptRef.current.settle()
      onDone(madeUp)
    },
    onError: (failure) => {
      if (!(failure instanceof ApiError && failure.isUndecided)) attemptRef.current.settle()
    },
    onSettled: () => {
      isUnderWayRef.current = false
      void queryClient.invalidateQueries({ queryKey: ['member'] })
    },
  })
  const undecided = error instanceof ApiError && error.isUndecided ? (variables ?? null) : null
  const makeUp = (input: MakeUpInput) => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    mutate(undecided ?? input)
  }
  return { makeUp, isPending, error, undecided }
}

import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/api-error'
import { vibrate } from '../../platform/device'
import { AttemptKey } from '../../platform/idempotency-key'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import type { Redemption } from './staff.queries'

/** How long until an unanswered confirmation is sent again by itself. */
export const pendingRetryMs = 3_000

/**
 * Where the hand-over of one code stands. Only the server's answer makes `done`; until it comes the desk says
 * `pending`, and nobody may hand anything over.
 */
export type HandOver =
  | { step: 'ready' }
  | { step: 'looking'; code: string }
  | { step: 'found'; code: string; redemption: Redemption }
  | { step: 'confirming'; code: string; redemption: Redemption }
  | { step: 'pending'; code: string; redemption: Redemption; tries: number }
  | { step: 'done'; redemption: Redemption }
  | { step: 'refused'; error: ApiError; code: string }

export interface Desk {
  handOver: HandOver
  lookUp: (code: string) => void
  confirm: () => void
  startOver: () => void
}

const asApiError = (caught: unknown): ApiError =>
  caught instanceof ApiError
    ? caught
    : new ApiError({ status: 0, code: 'response.unreadable', message: String(caught) })

/** Where the hand-over stands on the screen, with a buzz for each answer. */
function useShown() {
  const [handOver, setHandOver] = useState<HandOver>({ step: 'ready' })
  const show = (next: HandOver) => {
    setHandOver(next)
    if (next.step === 'found' || next.step === 'done' || next.step === 'refused') vibrate()
  }
  return { handOver, show }
}

/** Sends confirmations, each until it is answered, with one idempotency key; stops when the desk is left. */
function useConfirming(show: (next: HandOver) => void, isUnderWayRef: { current: boolean }) {
  const attemptRef = useRef(new AttemptKey())
  const isGoneRef = useRef(false)
  const timerRef = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    isGoneRef.current = false
    return () => {
      isGoneRef.current = true
      clearTimeout(timerRef.current)
    }
  }, [])

  const send = async (code: string, redemption: Redemption, tries: number): Promise<void> => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    clearTimeout(timerRef.current)
    show(
      tries === 0 ? { step: 'confirming', code, redemption } : { step: 'pending', code, redemption, tries },
    )
    try {
      const idempotencyKey = await attemptRef.current.keyFor({ code })
      const answer = await api('POST /api/staff/redemptions', { body: { code }, idempotencyKey, retries: 0 })
      attemptRef.current.settle()
      show({ step: 'done', redemption: answer })
      void queryClient.invalidateQueries({ queryKey: ['staff'] })
    } catch (caught) {
      const error = asApiError(caught)
      if (!error.isUndecided) {
        attemptRef.current.settle()
        show({ step: 'refused', error, code })
      } else if (!isGoneRef.current) {
        show({ step: 'pending', code, redemption, tries: tries + 1 })
        timerRef.current = setTimeout(() => void send(code, redemption, tries + 1), pendingRetryMs)
      }
    } finally {
      isUnderWayRef.current = false
    }
  }
  return send
}

/** The desk's one hand-over at a time: looked up, confirmed, and pending until the server has answered. */
export function useHandOver(): Desk {
  const { handOver, show } = useShown()
  const isUnderWayRef = useRef(false)
  const send = useConfirming(show, isUnderWayRef)

  const lookUp = (code: string) => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    show({ step: 'looking', code })
    api('POST /api/staff/redemptions/lookup', { body: { code } })
      .then((redemption) => show({ step: 'found', code, redemption }))
      .catch((caught: unknown) => show({ step: 'refused', error: asApiError(caught), code }))
      .finally(() => {
        isUnderWayRef.current = false
      })
  }

  const confirm = () => {
    if (handOver.step === 'found') void send(handOver.code, handOver.redemption, 0)
    if (handOver.step === 'pending') void send(handOver.code, handOver.redemption, handOver.tries)
  }

  const startOver = () => {
    if (handOver.step !== 'confirming' && handOver.step !== 'pending') show({ step: 'ready' })
  }

  return { handOver, lookUp, confirm, startOver }
}

import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../platform/api-error'
import { vibrate, vibrateLong } from '../../platform/device'
import { newIdempotencyKey } from '../../platform/idempotency-key'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { playSound } from '../../platform/sounds'
import { dropPending, keepPending, type PendingHandOver, readPending } from './pending-hand-over'
import type { Redemption } from './staff.queries'

/** How long until what got no answer is sent again by itself. */
export const pendingRetryMs = 3_000

/**
 * Where the hand-over of one code stands. Only the server's answer to the confirmation makes `done`; until it comes the
 * desk says `pending`, and nobody may hand anything over. `unknown` is a look-up without an answer.
 */
export type HandOver =
  | { step: 'ready' }
  | { step: 'looking'; code: string }
  | { step: 'unknown'; code: string; tries: number }
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

/** What staff notice without looking. */
function signal({ step, ...rest }: HandOver): void {
  const isFirst = !('tries' in rest) || rest.tries === 1
  if (step === 'found') vibrate()
  if (step === 'done') {
    playSound('good')
    vibrate()
  }
  if (step === 'refused') {
    playSound('bad')
    vibrateLong()
  }
  if ((step === 'pending' || step === 'unknown') && isFirst) {
    playSound('waiting')
    vibrateLong()
  }
}

/** Where the hand-over stands on the screen, and a timer that ends with the page. */
function useShown() {
  const [handOver, setHandOver] = useState<HandOver>({ step: 'ready' })
  const timerRef = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const isGoneRef = useRef(false)
  useEffect(() => {
    isGoneRef.current = false
    return () => {
      isGoneRef.current = true
      clearTimeout(timerRef.current)
    }
  }, [])
  const show = (next: HandOver) => {
    clearTimeout(timerRef.current)
    if (isGoneRef.current) return
    setHandOver(next)
    signal(next)
  }
  const later = (work: () => void) => {
    if (!isGoneRef.current) timerRef.current = setTimeout(work, pendingRetryMs)
  }
  return { handOver, show, later }
}

type Shown = ReturnType<typeof useShown>

/** Sends a confirmation until it is answered, always under one key, which outlives the page. */
function useConfirming({ show, later }: Shown, isUnderWayRef: { current: boolean }, staffId: string) {
  const send = async (pending: PendingHandOver, tries: number): Promise<void> => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    const { code, redemption, idempotencyKey } = pending
    keepPending(pending)
    show(
      tries === 0 ? { step: 'confirming', code, redemption } : { step: 'pending', code, redemption, tries },
    )
    try {
      const answer = await api('POST /api/staff/redemptions', { body: { code }, idempotencyKey, retries: 0 })
      dropPending(pending.staffId)
      show({ step: 'done', redemption: answer })
      void queryClient.invalidateQueries({ queryKey: ['staff'] })
    } catch (caught) {
      const error = asApiError(caught)
      if (error.isUndecided) {
        show({ step: 'pending', code, redemption, tries: tries + 1 })
        later(() => void send(pending, tries + 1))
      } else {
        // Signed out in between, the answer is still unknown: it is asked for again after signing in.
        if (error.code !== 'auth.unauthenticated') dropPending(pending.staffId)
        show({ step: 'refused', error, code })
      }
    } finally {
      isUnderWayRef.current = false
    }
  }
  const start = async (code: string, redemption: Redemption) =>
    send({ staffId, code, redemption, idempotencyKey: await newIdempotencyKey() }, 0)
  return { send, start }
}

/**
 * The desk's one hand-over at a time: looked up, confirmed, and pending until the server has answered.
 * @param staffId who is at the desk; empty until it is known
 */
export function useHandOver(staffId: string): Desk {
  const shown = useShown()
  const { handOver, show, later } = shown
  const isUnderWayRef = useRef(false)
  const isStartingRef = useRef(false)
  /** Counts what is being looked at: an answer that comes after it was put aside is not shown. */
  const lookRef = useRef(0)
  const { send, start } = useConfirming(shown, isUnderWayRef, staffId)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known who is at the desk
  useEffect(() => {
    const pending = staffId === '' ? null : readPending(staffId)
    if (pending) void send(pending, 1)
  }, [staffId])

  const lookUpAgain = (code: string, tries: number) => {
    if (isUnderWayRef.current) return
    isUnderWayRef.current = true
    const look = lookRef.current
    const showIfWanted = (next: HandOver) => {
      if (look === lookRef.current) show(next)
      return look === lookRef.current
    }
    if (tries === 0) show({ step: 'looking', code })
    api('POST /api/staff/redemptions/lookup', { body: { code }, retries: 0 })
      .then((redemption) => showIfWanted({ step: 'found', code, redemption }))
      .catch((caught: unknown) => {
        const error = asApiError(caught)
        if (!error.isUndecided) return showIfWanted({ step: 'refused', error, code })
        if (showIfWanted({ step: 'unknown', code, tries: tries + 1 }))
          later(() => lookUpAgain(code, tries + 1))
      })
      .finally(() => {
        isUnderWayRef.current = false
      })
  }

  const confirm = () => {
    if (handOver.step === 'found' && staffId !== '' && !isStartingRef.current) {
      isStartingRef.current = true
      void start(handOver.code, handOver.redemption).finally(() => {
        isStartingRef.current = false
      })
    }
    const pending = readPending(staffId)
    if (handOver.step === 'pending' && pending) void send(pending, handOver.tries)
  }

  const startOver = () => {
    if (handOver.step === 'confirming' || handOver.step === 'pending') return
    lookRef.current += 1
    show({ step: 'ready' })
  }

  return { handOver, lookUp: (code) => lookUpAgain(code, 0), confirm, startOver }
}

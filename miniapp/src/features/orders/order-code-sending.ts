import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiError } from '../../platform/api-error'
import { api } from '../../platform/request'
import { useSeconds } from '../../platform/seconds'

const shortestMs = 5_000
const longestMs = 3_600_000

/** The phone's clock may be wrong, so the server's instant is only believed within reason. */
const waitMs = (resendAt: string): number =>
  Math.min(longestMs, Math.max(shortestMs, Date.parse(resendAt) - Date.now()))

const resendAtOf = (error: unknown): string | null => {
  if (!(error instanceof ApiError) || error.code !== 'sms.too_often') return null
  return ((error.details ?? {}) as { resendAt?: string }).resendAt ?? null
}

export interface CodeSending {
  /** Sends one, unless one is under way or the last one is so new that it may still come. */
  send: () => void
  isSending: boolean
  /** When the last code was asked for that went out. */
  sentAt: number | null
  /** Until another one may be sent; 0 when it may. */
  secondsLeft: number
  error: unknown
}

/** Has the code of an order sent to the member's phone. `onSent`: the one before is worth nothing now. */
export function useCodeSending(isShown: boolean, onSent: () => void): CodeSending {
  const [waitsUntil, setWaitsUntil] = useState(0)
  const waitsUntilRef = useRef(0)
  const waitUntil = (resendAt: string | null) => {
    waitsUntilRef.current = resendAt === null ? 0 : Date.now() + waitMs(resendAt)
    setWaitsUntil(waitsUntilRef.current)
  }
  const isSendingRef = useRef(false)
  const mutation = useMutation({
    mutationFn: () => api('POST /api/member/orders/verification-codes', { retries: 0 }),
    onSuccess: ({ resendAt }) => {
      waitUntil(resendAt)
      onSent()
    },
    onError: (error) => waitUntil(resendAtOf(error)),
    onSettled: () => {
      isSendingRef.current = false
    },
  })
  const now = useSeconds(isShown && waitsUntil > 0)
  const send = () => {
    if (isSendingRef.current || Date.now() < waitsUntilRef.current) return
    isSendingRef.current = true
    mutation.mutate()
  }
  return {
    send,
    isSending: mutation.isPending,
    sentAt: mutation.isSuccess ? mutation.submittedAt : null,
    secondsLeft: Math.max(0, Math.ceil((waitsUntil - now) / 1_000)),
    error: mutation.error,
  }
}

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ResponseOf } from '#shared/contracts/index'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'
import { keep, readKept } from '../../platform/storage'

export type OrderCode = ResponseOf<'GET /api/member/orders/:id/code'>

const shortestMs = 5_000
const longestMs = 60_000
const retryMs = 3_000
const tickMs = 1_000

const storageName = (orderId: string): string => `jili.code.${orderId}`

/**
 * How long a code that came just now lasts. The phone's clock may be wrong, so the server's instant is only
 * believed within reason: a phone that runs fast must not ask without a pause, one that runs slow must still ask.
 */
export const lifetimeMs = (code: OrderCode, receivedAt: number): number =>
  Math.min(longestMs, Math.max(shortestMs, new Date(code.refreshAt).getTime() - receivedAt))

export interface ShownCode {
  code: OrderCode | null
  /** Share of the code's life that is left, 1 to 0. */
  leftShare: number
  leftSeconds: number
  /** The code on the screen is older than it should be: the last refresh failed. */
  isStale: boolean
  error: unknown
  isPending: boolean
  refetch: () => void
}

/** The order's redemption code, asked for again when it runs out while it is on the screen; the last one is kept. */
export function useOrderCode(orderId: string, isShown: boolean): ShownCode {
  const isSignedIn = useIsSignedIn()
  const query = useQuery({
    queryKey: ['member', 'order-code', orderId],
    queryFn: async () => {
      const code = await api('GET /api/member/orders/:id/code', { params: { id: orderId }, retries: 0 })
      keep(storageName(orderId), code)
      return code
    },
    enabled: isSignedIn && isShown && orderId !== '',
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.status === 'error' || !state.data) return retryMs
      return lifetimeMs(state.data, state.dataUpdatedAt)
    },
  })
  const now = useSeconds(isShown)
  const kept = useKeptCode(orderId)
  const code = query.data ?? kept
  const endsAt = query.data ? query.dataUpdatedAt + lifetimeMs(query.data, query.dataUpdatedAt) : 0
  const leftMs = Math.max(0, endsAt - now)
  const totalMs = query.data ? lifetimeMs(query.data, query.dataUpdatedAt) : 1
  return {
    code,
    leftShare: Math.min(1, leftMs / totalMs),
    leftSeconds: Math.ceil(leftMs / tickMs),
    isStale: query.isError && leftMs === 0,
    error: query.error,
    isPending: query.isPending,
    refetch: () => void query.refetch(),
  }
}

function useKeptCode(orderId: string): OrderCode | null {
  const [kept] = useState(() => readKept<OrderCode>(storageName(orderId)))
  return kept
}

function useSeconds(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isRunning) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [isRunning])
  return now
}

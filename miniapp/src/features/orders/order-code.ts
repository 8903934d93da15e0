import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ResponseOf } from '#shared/contracts/index'
import { fetchAhead, loadPageAhead, useOnceLoaded } from '../../platform/ahead'
import { paths } from '../../platform/navigation'
import { api } from '../../platform/request'
import { useSeconds } from '../../platform/seconds'
import { useIsSignedIn } from '../../platform/session'
import { keep, readKept } from '../../platform/storage'

export type OrderCode = ResponseOf<'GET /api/member/orders/:id/code'>

const shortestMs = 5_000
const longestMs = 60_000
const retryMs = 3_000
const soonestMs = 250
const tickMs = 1_000

const storageName = (orderId: string): string => `code.${orderId}`

/**
 * How long a code that came just now lasts. The phone's clock may be wrong, so the server's instant is only
 * believed within reason: a phone that runs fast must not ask without a pause, one that runs slow must still ask.
 */
export const lifetimeMs = (code: OrderCode, receivedAt: number): number =>
  Math.min(longestMs, Math.max(shortestMs, new Date(code.refreshAt).getTime() - receivedAt))

/** How long its QR text is still accepted after it should have been renewed. */
const graceMs = (code: OrderCode): number =>
  Math.min(longestMs, Math.max(0, Date.parse(code.qrValidUntil) - Date.parse(code.refreshAt)))

/** A code with the phone's time at which it came. */
export interface KeptCode {
  code: OrderCode
  receivedAt: number
}

export interface ShownCode {
  code: OrderCode | null
  /** Share of the code's life that is left, 1 to 0. */
  leftShare: number
  leftSeconds: number
  /**
   * `late`: the last refresh failed, but a scanner still takes what is shown, for `usableSeconds`; `expired`: it does not.
   * The digits do not change and are good until the order's own date.
   */
  freshness: 'fresh' | 'late' | 'expired'
  usableSeconds: number
  error: unknown
  isPending: boolean
  refetch: () => void
}

/** How a code stands at an instant of the phone. */
export function freshnessOf({ code, receivedAt }: KeptCode, now: number, hasFailed: boolean) {
  const totalMs = lifetimeMs(code, receivedAt)
  const leftMs = Math.max(0, receivedAt + totalMs - now)
  const usableMs = Math.max(0, receivedAt + totalMs + graceMs(code) - now)
  const freshness: ShownCode['freshness'] =
    usableMs === 0 ? 'expired' : hasFailed && leftMs === 0 ? 'late' : 'fresh'
  return { freshness, leftMs, usableMs, leftShare: Math.min(1, leftMs / totalMs) }
}

const codeQuery = (orderId: string) => ({
  queryKey: ['member', 'order-code', orderId],
  queryFn: async () => {
    const code = await api('GET /api/member/orders/:id/code', { params: { id: orderId }, retries: 0 })
    keep('member', storageName(orderId), { code, receivedAt: Date.now() } satisfies KeptCode)
    return code
  },
})

/** Reads the code of an order that waits to be collected and is on the screen; null is none. */
export function useOrderCodeAhead(orderId: string | null): void {
  useOnceLoaded(orderId, () => {
    loadPageAhead(paths.orderCode)
    if (orderId !== null) fetchAhead(codeQuery(orderId))
  })
}

/** The order's redemption code, asked for again when it runs out while it is on the screen; the last one is kept. */
export function useOrderCode(orderId: string, isShown: boolean): ShownCode {
  const isSignedIn = useIsSignedIn()
  const query = useQuery({
    ...codeQuery(orderId),
    enabled: isSignedIn && isShown && orderId !== '',
    // One that was read ahead is good until it runs out.
    staleTime: ({ state }) => (state.data ? lifetimeMs(state.data, state.dataUpdatedAt) : 0),
    refetchInterval: ({ state }) => {
      if (state.status === 'error' || !state.data) return retryMs
      return Math.max(
        soonestMs,
        state.dataUpdatedAt + lifetimeMs(state.data, state.dataUpdatedAt) - Date.now(),
      )
    },
  })
  const now = useSeconds(isShown)
  const [kept] = useState(() => readKept<KeptCode>('member', storageName(orderId)))
  const latest = query.data ? { code: query.data, receivedAt: query.dataUpdatedAt } : usable(kept, now)
  const rest = { error: query.error, isPending: query.isPending, refetch: () => void query.refetch() }
  if (!latest)
    return { code: null, leftShare: 0, leftSeconds: 0, freshness: 'fresh', usableSeconds: 0, ...rest }
  const { freshness, leftMs, usableMs, leftShare } = freshnessOf(latest, now, query.isError)
  return {
    code: latest.code,
    leftShare,
    leftSeconds: Math.ceil(leftMs / tickMs),
    freshness,
    usableSeconds: Math.ceil(usableMs / tickMs),
    ...rest,
  }
}

/** What was kept is shown no longer than the order itself can be collected. */
function usable(kept: KeptCode | null, now: number): KeptCode | null {
  if (!kept?.code?.qrValidUntil || typeof kept.receivedAt !== 'number') return null
  return Date.parse(kept.code.expiresAt) > now ? kept : null
}

import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'

type RainAnswer = ResponseOf<'GET /api/member/rains/:id'>
export type Rain = RainAnswer['rain']
export type OpenedPacket = ResponseOf<'POST /api/member/rains/:id/packets'>

/** A rain with how far the phone's clock is behind the server's, as it was when it came. */
export interface TimedRain {
  rain: Rain
  behindMs: number
}

const behind = (serverTime: string): number => Date.parse(serverTime) - Date.now()

/** How often the share of packets that are left is asked for while it rains. */
const lookMs = 15_000

export const rainsQuery = queryOptions({
  queryKey: ['rains', 'list'],
  queryFn: async () => {
    const { items, serverTime } = await api('GET /api/member/rains')
    return { items, behindMs: behind(serverTime) }
  },
  staleTime: 60_000,
})

/** Rains that run or come soon. */
export const useRains = () => useQuery(rainsQuery)

const rainKey = (id: string) => ['rains', 'one', id]

/** One rain, read again while it runs; without an id the one that comes first. */
export const useRain = (id: string) =>
  useQuery({
    queryKey: rainKey(id),
    queryFn: async (): Promise<TimedRain | null> => {
      if (id === '') {
        const { items, serverTime } = await api('GET /api/member/rains')
        return items[0] ? { rain: items[0], behindMs: behind(serverTime) } : null
      }
      const { rain, serverTime } = await api('GET /api/member/rains/:id', { params: { id } })
      return { rain, behindMs: behind(serverTime) }
    },
    refetchInterval: ({ state }) => (state.data?.rain.state === 'running' ? lookMs : false),
  })

/** Takes what the server said of a packet into what is shown. */
export async function noteOpened(id: string, { mine }: OpenedPacket): Promise<void> {
  // An answer that is under way may be older than the packet and would undo it on the screen.
  await queryClient.cancelQueries({ queryKey: rainKey(id) })
  queryClient.setQueryData<TimedRain | null>(rainKey(id), (shown) =>
    shown?.rain.mine ? { ...shown, rain: { ...shown.rain, mine: { ...shown.rain.mine, ...mine } } } : shown,
  )
}

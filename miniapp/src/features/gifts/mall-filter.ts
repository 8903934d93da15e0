import { create } from 'zustand'
import type { GiftSort } from '#shared/domain/enums'
import { formatPoints } from '../../platform/format'
import { onSessionEnd } from '../../platform/session'
import { text } from '../../platform/text'
import type { GiftQuery } from './gift.queries'

/** Points bands of the mall; null is open. */
export const bands = [
  { id: 'any', from: null, to: null },
  { id: 'to-1000', from: null, to: 1_000 },
  { id: 'to-3000', from: 1_000, to: 3_000 },
  { id: 'to-6000', from: 3_000, to: 6_000 },
  { id: 'over-6000', from: 6_000, to: null },
] as const

export type BandId = (typeof bands)[number]['id']

/** A category's id, or all of them. */
type CategoryChoice = 'all' | (string & {})

interface MallFilter {
  search: string
  category: CategoryChoice
  band: BandId
  /** Only what the member's points are enough for. */
  isAffordable: boolean
  sort: GiftSort
}

const initial: MallFilter = { search: '', category: 'all', band: 'any', isAffordable: false, sort: 'hot' }

/** What the mall shows; outlives the page, so that coming back from a gift changes nothing. */
export const useMallFilter = create<MallFilter>()(() => initial)

/** Lets the mall show one list, without what was searched for before. */
export const showInMall = (filter: Pick<Partial<MallFilter>, 'isAffordable'>): void =>
  useMallFilter.setState({ ...initial, ...filter })

export const resetMallFilter = (): void => useMallFilter.setState(initial)

onSessionEnd((role) => {
  if (role === 'member') resetMallFilter()
})

/** A band in words. */
export function bandLabel(id: BandId): string {
  const band = bands.find((candidate) => candidate.id === id)
  const words = text.mall.bands
  if (!band || (band.from === null && band.to === null)) return words.any
  if (band.from === null) return words.under(formatPoints(band.to ?? 0))
  if (band.to === null) return words.over(formatPoints(band.from))
  return words.between(formatPoints(band.from), formatPoints(band.to))
}

/** Whether it leaves anything out, so that the number of what is left says something. */
export const narrows = ({ search, category, band, isAffordable }: MallFilter): boolean =>
  search.trim() !== '' || category !== 'all' || band !== 'any' || isAffordable

/** The filter as the API's query. */
export function giftQueryOf(filter: MallFilter): GiftQuery {
  const band = bands.find((candidate) => candidate.id === filter.band)
  return {
    q: filter.search.trim() || undefined,
    categoryId: filter.category === 'all' ? undefined : filter.category,
    affordable: filter.isAffordable ? 'true' : undefined,
    minPoints: band?.from ?? undefined,
    maxPoints: band?.to ?? undefined,
    sort: filter.sort,
  }
}

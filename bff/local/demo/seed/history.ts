import type { GiftSlug } from '../pictures/catalogue'
import type { ShopSlug } from '../world/shops'
import type { StoryStep } from '../world/stories'

/** When something happens: days from today (-1 is yesterday), minutes from midnight in the shop's time zone. */
export interface Moment {
  day: number
  minute: number
}

export type Happening =
  | { kind: 'put-on-sale'; gift: GiftSlug }
  | { kind: 'join' }
  | { kind: 'check-in' }
  | { kind: 'adjust'; change: number; reason: string }
  /** Brings the available points to a round figure, whatever the history gave. */
  | { kind: 'adjust-to'; available: number; reason: string }
  | { kind: 'order'; order: string; gift: GiftSlug; sku?: string; shop?: ShopSlug }
  | { kind: 'step'; order: string; step: StoryStep }

/** `memberId` keeps what one member does in order; the shop's own acts have none. */
export type HistoryEvent = Moment & { memberId: string | null } & Happening

/** Earlier first; of the same minute, as planned. */
export const inOrder = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  [...events].sort((a, b) => a.day - b.day || a.minute - b.minute)

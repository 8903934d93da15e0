import type { ShelvedGift } from '../gifts'
import type { ShelfState } from './wish.model'

/** How a gift stands now; whoever cannot be shown counts as closed. */
export function shelfStateOf(shelved: ShelvedGift | undefined): ShelfState {
  if (!shelved || shelved.obstacle) return 'closed'
  if (shelved.stock <= 0) return 'sold_out'
  return shelved.isReduced ? 'reduced' : 'open'
}

/** What there is to tell when a gift passes from one state to another; null when nothing. */
export function tellingOf(from: ShelfState, to: ShelfState): string | null {
  if (to !== 'open' && to !== 'reduced') return null
  if (from === 'sold_out') return 'wish.back-in-stock'
  if (from === 'closed') return 'wish.sale-started'
  return from === 'open' && to === 'reduced' ? 'wish.price-reduced' : null
}

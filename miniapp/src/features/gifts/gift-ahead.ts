import { fetchAhead, loadPageAhead, useOnceLoaded } from '../../platform/ahead'
import { useSeen } from '../../platform/in-view'
import { paths } from '../../platform/navigation'
import { giftQuery } from './gift.queries'

const guessedCards = 4

/** A finger is on the gift: its page will want this. */
export const readGiftAhead = (id: string): void => fetchAhead(giftQuery(id))

/** The page of a gift is what most likely comes next. */
export const useGiftPageAhead = (): void => useOnceLoaded('', () => loadPageAhead(paths.giftDetail))

/** Reads the first of a row of gifts while somebody looks at them; `prefix` is what their elements' ids begin with. */
export function useGiftsSeen(prefix: string, ids: readonly string[]): void {
  const elements = ids.slice(0, guessedCards).map((id) => prefix + id)
  useSeen(elements, (element) => readGiftAhead(element.slice(prefix.length)))
}

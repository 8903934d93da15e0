import { create } from 'zustand'
import { onSessionEnd } from '../../platform/session'
import { keep, readKept } from '../../platform/storage'

const storageName = 'searches'
const kept = 8

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string')

const read = (): string[] => {
  const words = readKept<unknown>('member', storageName)
  return isWords(words) ? words.slice(0, kept) : []
}

/** What was searched for on this phone, the latest first. */
export const useSearchHistory = create<{ words: string[] }>()(() => ({ words: read() }))

function set(words: string[]): void {
  keep('member', storageName, words)
  useSearchHistory.setState({ words })
}

onSessionEnd((role) => {
  if (role === 'member') useSearchHistory.setState({ words: [] })
})

/** Puts what was searched for in front; each word once, the oldest are forgotten. */
export function rememberSearch(search: string): void {
  const word = search.trim()
  if (word === '') return
  const others = useSearchHistory.getState().words.filter((other) => other !== word)
  set([word, ...others].slice(0, kept))
}

export const forgetSearches = (): void => set([])

import type { FetchQueryOptions, QueryKey } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isFrugal } from './network'
import { queryClient } from './query-client'

const atOnceMax = 2
const windowMs = 30_000
const guessesMax = 12
const freshMs = 30_000
const lookMs = 300

let running = 0
let guessedAt: number[] = []

/** Whether something on the screen still waits for its first answer. */
const isPageLoading = (): boolean =>
  (process.env.TARO_ENV === 'h5' && document.readyState !== 'complete') ||
  queryClient.isFetching({
    predicate: (query) => query.state.data === undefined && query.getObserversCount() > 0,
  }) > 0

/** Counts a guess. @returns false when there were enough lately */
function mayGuess(): boolean {
  const now = Date.now()
  guessedAt = guessedAt.filter((at) => now - at < windowMs)
  if (isFrugal() || isPageLoading() || running >= atOnceMax || guessedAt.length >= guessesMax) return false
  guessedAt.push(now)
  return true
}

/**
 * Reads what the next page will ask for, so that it opens with it. A guess: at most two at once and twelve in half a
 * minute, none before the visible page has loaded, none where data is to be saved; what is dropped the page asks itself.
 */
export function fetchAhead<Data, Key extends QueryKey>(
  options: Pick<FetchQueryOptions<Data, Error, Data, Key>, 'queryKey' | 'queryFn'>,
): void {
  const known = queryClient.getQueryState(options.queryKey)
  if (known && (known.fetchStatus === 'fetching' || Date.now() - known.dataUpdatedAt < freshMs)) return
  if (!mayGuess()) return
  running++
  void queryClient.prefetchQuery({ ...options, staleTime: freshMs }).finally(() => {
    running--
  })
}

interface TaroRoute {
  path: string
  load: () => unknown
}

/** Loads the script of a page of the H5; in the mini program `preloadRule` does it. */
export function loadPageAhead(path: string): void {
  if (process.env.TARO_ENV !== 'h5' || isFrugal()) return
  const { routes = [] } = (window as { __taroAppConfig?: { routes?: TaroRoute[] } }).__taroAppConfig ?? {}
  routes.find((route) => `/${route.path}` === path)?.load()
}

/** Runs a guess once everything that is on the screen has come, and again for another `subject`; null has none. */
export function useOnceLoaded(subject: string | null, guess: () => void): void {
  const latest = useRef(guess)
  latest.current = guess
  useEffect(() => {
    if (subject === null) return undefined
    const timer = setInterval(() => {
      if (isPageLoading()) return
      clearInterval(timer)
      latest.current()
    }, lookMs)
    return () => clearInterval(timer)
  }, [subject])
}

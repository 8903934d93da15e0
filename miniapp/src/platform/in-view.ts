import Taro from '@tarojs/taro'
import { useEffect, useRef } from 'react'

const momentMs = 600
const visibleShare = 0.6

type Change = (id: string, isVisible: boolean) => void

/** Of several pages that are in the document with the same gift, the one on the screen. */
const shownElement = (id: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[id="${id}"]`)].find(
    ({ offsetParent }) => offsetParent !== null,
  )

function observeInBrowser(ids: readonly string[], change: Change): () => void {
  if (typeof IntersectionObserver === 'undefined') return () => undefined
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries)
        change(target.id, intersectionRatio >= visibleShare)
    },
    { threshold: [0, visibleShare] },
  )
  for (const id of ids) {
    const element = shownElement(id)
    if (element) observer.observe(element)
  }
  return () => observer.disconnect()
}

/** WeChat observes one selector with each observer. */
function observeInWeapp(ids: readonly string[], change: Change): () => void {
  const { page } = Taro.getCurrentInstance()
  if (!page) return () => undefined
  const observers = ids.map((id) => {
    const observer = Taro.createIntersectionObserver(page, { thresholds: [0, visibleShare] })
    observer
      .relativeToViewport()
      .observe(`#${id}`, ({ intersectionRatio = 0 }) => change(id, intersectionRatio >= visibleShare))
    return observer
  })
  return () => {
    for (const observer of observers) observer.disconnect()
  }
}

/** Tells of each element, by id, that has been in view for a moment. */
export function useSeen(ids: readonly string[], onSeen: (id: string) => void): void {
  const latest = useRef(onSeen)
  latest.current = onSeen
  const key = ids.join(' ')
  useEffect(() => {
    if (key === '') return undefined
    const timers = new Map<string, ReturnType<typeof setTimeout>>()
    const change: Change = (id, isVisible) => {
      clearTimeout(timers.get(id))
      timers.delete(id)
      if (isVisible)
        timers.set(
          id,
          setTimeout(() => latest.current(id), momentMs),
        )
    }
    const observe = process.env.TARO_ENV === 'weapp' ? observeInWeapp : observeInBrowser
    const stop = observe(key.split(' '), change)
    return () => {
      stop()
      for (const timer of timers.values()) clearTimeout(timer)
    }
  }, [key])
}

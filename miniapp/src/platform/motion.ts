import { useEffect, useRef, useState } from 'react'

const countUpMs = 640

/** Whether the phone asks for less motion. Mini programs are not told, so they follow the animation setting of CSS. */
export const prefersReducedMotion = (): boolean =>
  process.env.TARO_ENV === 'h5' &&
  typeof window !== 'undefined' &&
  typeof window.matchMedia === 'function' &&
  window.matchMedia('(prefers-reduced-motion: reduce)').matches

const easeOut = (progress: number): number => 1 - (1 - progress) ** 3

/** The number to draw now on the way from the last value to this one; jumps under reduced motion. */
export function useCountUp(value: number, startsAtZero = false): number {
  const shownRef = useRef(startsAtZero && !prefersReducedMotion() ? 0 : value)
  const [shown, setShown] = useState(shownRef.current)

  useEffect(() => {
    const from = shownRef.current
    if (from === value) return
    if (prefersReducedMotion()) {
      shownRef.current = value
      setShown(value)
      return
    }
    const startedAt = Date.now()
    const timer = setInterval(() => {
      const progress = Math.min(1, (Date.now() - startedAt) / countUpMs)
      shownRef.current = Math.round(from + (value - from) * easeOut(progress))
      setShown(shownRef.current)
      if (progress === 1) clearInterval(timer)
    }, 32)
    return () => clearInterval(timer)
  }, [value])

  return shown
}

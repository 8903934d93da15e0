const focusable = '[tabindex="0"], input, textarea, button, a[href]'

/**
 * Keeps the keyboard's focus inside a panel and closes it on Escape (H5 only).
 * @returns undoes it and gives the focus back to where it was
 */
export function trapFocus(panel: unknown, onEscape: () => void): () => void {
  if (!(panel instanceof HTMLElement)) return () => undefined
  const before = document.activeElement
  const targets = () => Array.from(panel.querySelectorAll<HTMLElement>(focusable))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      onEscape()
      return
    }
    if (event.key !== 'Tab') return
    const all = targets()
    const first = all[0]
    const last = all.at(-1)
    if (!first || !last) return
    const isOutside = !panel.contains(document.activeElement)
    if (event.shiftKey && (document.activeElement === first || isOutside)) {
      event.preventDefault()
      last.focus()
    } else if (!event.shiftKey && (document.activeElement === last || isOutside)) {
      event.preventDefault()
      first.focus()
    }
  }

  panel.tabIndex = -1
  panel.focus({ preventScroll: true })
  document.addEventListener('keydown', onKeyDown)
  return () => {
    document.removeEventListener('keydown', onKeyDown)
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  }
}

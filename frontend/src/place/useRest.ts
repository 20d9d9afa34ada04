import { useEventListener } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import type { Column } from '../column/useColumn'

/** Milliseconds without scrolling. */
const REST = 100

/**
 * Tells when somebody rests who reads, or presses what may lead elsewhere: what is stored only while the
 * page goes may be lost.
 *
 * @param column in which it is read; null for the window
 */
export function useRest(rest: () => void, column: Column | null = null) {
  let resting: ReturnType<typeof setTimeout> | undefined

  function scrolled() {
    clearTimeout(resting)
    resting = setTimeout(rest, REST)
  }

  useEventListener(column ?? window, 'scroll', scrolled, { passive: true })
  useEventListener(window, 'click', rest, { capture: true })
  useEventListener(window, 'pagehide', rest)
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') rest()
  })
  onScopeDispose(() => {
    clearTimeout(resting)
  })
}

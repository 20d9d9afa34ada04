import { useEventListener, useWindowScroll } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { Column } from './column/useColumn'

/** Further down than this somebody is reading, and the page may not move. */
export const SCROLLED = 80

/**
 * Whether somebody reads further down, so that nothing may come on top.
 *
 * @param column in which it is; null for the window
 */
export function useReading(column: Column | null = null) {
  const y = column === null ? useWindowScroll().y : useScroll(column)
  return computed(() => y.value > SCROLLED)
}

function useScroll(column: Column) {
  const y = ref(0)
  useEventListener(
    column,
    'scroll',
    () => {
      y.value = column.value?.scrollTop ?? 0
    },
    { passive: true },
  )
  return y
}

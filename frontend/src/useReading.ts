import { useWindowScroll } from '@vueuse/core'
import { computed } from 'vue'

/** Further down than this somebody is reading, and the page may not move. */
export const SCROLLED = 80

/** Whether somebody reads further down, so that nothing may come on top. */
export function useReading() {
  const { y } = useWindowScroll()
  return computed(() => y.value > SCROLLED)
}

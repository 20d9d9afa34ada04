import { createSharedComposable, useNow as useTickingNow } from '@vueuse/core'
import { computed } from 'vue'

const TICK = 5_000

/** The time in milliseconds, ticking; one clock for all meows on the page. */
export const useNow = createSharedComposable(() => {
  const now = useTickingNow({ interval: TICK })
  return computed(() => now.value.getTime())
})

import { createSharedComposable } from '@vueuse/core'
import { computed } from 'vue'
import { useNow } from '../useNow'
import { servers } from './serverClock'

/** The time by the servers' clock, in milliseconds: this browser's may be off by hours. */
export const useServerTime = createSharedComposable(() => {
  const now = useNow()
  return computed(() => now.value + servers.ahead.value)
})

import { computed } from 'vue'
import { canNotify, useNotified } from './useNotified'

/** Whether somebody wants to be notified of new meows, and which of them are none: those posted here. */
export function useNotify() {
  const { notified } = useNotified()
  const own = new Set<string>()
  return {
    wanted: computed(() => notified.value.length > 0 && canNotify()),
    isOwn: (id: string) => own.has(id),
    /** Somebody here posted it: that is no news. */
    posted: (id: string) => {
      own.add(id)
    },
  }
}

import { whenever } from '@vueuse/core'
import { effectScope, onScopeDispose } from 'vue'
import { canNotify, useNotified } from './useNotified'

/**
 * Notifies of new meows while nobody sees the page. All that it takes is loaded once somebody wants it.
 *
 * @param open goes to an address
 */
export function useNotify(open: (address: string) => void) {
  const { notified } = useNotified()
  const own = new Set<string>()
  const scope = effectScope()

  async function load() {
    const { useHerald } = await import('./useHerald')
    scope.run(() => {
      useHerald((id) => own.has(id), open)
    })
  }

  whenever(
    () => notified.value.length > 0 && canNotify(),
    () => {
      load().catch(() => undefined) // Without a network nothing new comes either.
    },
    { immediate: true, once: true },
  )
  onScopeDispose(() => {
    scope.stop()
  })

  return {
    /** Somebody here posted it: that is no news. */
    posted: (id: string) => {
      own.add(id)
    },
  }
}

import { useEventListener } from '@vueuse/core'
import { onScopeDispose, shallowRef } from 'vue'
import type { ApiError } from '../api'
import { asApiError, fetchMeow, fetchNeighbours } from '../api'
import type { Meow } from '../meow/meow'
import { useRetry } from '../useRetry'

/** A meow, and what was posted right before and right after it; the newest first. */
export interface Surroundings {
  readonly meow: Meow
  readonly after: readonly Meow[]
  readonly before: readonly Meow[]
}

/**
 * One meow, read again whenever somebody comes back to it: what was deleted meanwhile goes. What is
 * around it may be missing; it is there without.
 */
export function useMeow(id: string | null) {
  const shown = shallowRef<Surroundings | null>(null)
  const problem = shallowRef<ApiError | null>(null)
  const retry = useRetry(() => void load())
  let running: AbortController | null = null

  async function load() {
    if (id === null) return
    running?.abort()
    const request = new AbortController()
    running = request
    try {
      const meow = await fetchMeow(id, request.signal)
      shown.value = { meow, after: around('after'), before: around('before') }
      problem.value = null
      retry.settle()
      await Promise.all([read('after'), read('before')])
    } catch (error) {
      if (!request.signal.aborted) failed(asApiError(error))
    }

    async function read(side: 'after' | 'before') {
      const meows = await fetchNeighbours(id ?? '', side, request.signal)
      if (shown.value !== null && !request.signal.aborted)
        shown.value = { ...shown.value, [side]: meows }
    }
  }

  function around(side: 'after' | 'before'): readonly Meow[] {
    return shown.value?.[side] ?? []
  }

  function failed(error: ApiError) {
    problem.value = error
    if (error.temporary) retry.later(error.retryAfter)
    else shown.value = null
  }

  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') void load()
  })
  useEventListener(window, 'pageshow', ({ persisted }: PageTransitionEvent) => {
    if (persisted) void load()
  })
  useEventListener(window, 'online', () => void load())
  onScopeDispose(() => running?.abort())
  void load()
  return { shown, problem, load }
}

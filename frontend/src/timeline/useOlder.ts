import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { ApiError } from '../api'
import { asApiError, fetchTimeline } from '../api'
import type { Meow } from '../meow/meow'
import { useRetry } from '../useRetry'

/** Loads what is older than the last meow held, page by page. */
export function useOlder(last: () => string | null, extend: (page: readonly Meow[]) => void) {
  const more = ref(false)
  const loading = ref(false)
  const problem = shallowRef<ApiError | null>(null)
  const stopped = new AbortController()
  const retry = useRetry(() => void load())

  async function load() {
    const before = last()
    if (loading.value || !more.value || before === null) return
    loading.value = true
    try {
      const page = await fetchTimeline(before, stopped.signal)
      retry.settle()
      problem.value = null
      // The list may have been replaced meanwhile; then this page belongs to nothing.
      if (last() !== before) return
      extend(page.meows)
      more.value = page.more
    } catch (error) {
      if (stopped.signal.aborted) return
      problem.value = asApiError(error)
      retry.later(problem.value.retryAfter)
    } finally {
      loading.value = false
    }
  }

  onScopeDispose(() => {
    stopped.abort()
  })
  return { more, loading: readonly(loading), problem, load }
}

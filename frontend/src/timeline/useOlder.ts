import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { ApiError } from '../api'
import { asApiError } from '../api'
import type { Meow } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import { useRetry } from '../useRetry'
import type { Source } from './Source'

/** Loads what is older than the last meow held, page by page. */
export function useOlder(
  source: Source,
  held: () => readonly Meow[],
  extend: (page: readonly Meow[]) => void,
  lives: Lives,
) {
  const more = ref(false)
  const loading = ref(false)
  const problem = shallowRef<ApiError | null>(null)
  const stopped = new AbortController()
  const retry = useRetry(() => void load())
  const last = () => held().at(-1)?.id ?? null

  async function load() {
    const before = last()
    if (loading.value) return
    if (!more.value || before === null) {
      settle() // What was to be tried again belonged to a list which is no more.
      return
    }
    // The list may be replaced meanwhile; then this page belongs to nothing.
    const replaced = () => last() !== before
    loading.value = true
    try {
      const learn = lives.reader()
      const page = await source.older(held(), stopped.signal)
      settle()
      if (replaced()) return
      learn(page.meows)
      extend(page.meows)
      more.value = page.more
    } catch (error) {
      if (stopped.signal.aborted) return
      const failure = asApiError(error)
      if (replaced()) {
        settle()
      } else {
        problem.value = failure
        retry.later(failure.retryAfter)
      }
    } finally {
      loading.value = false
    }
  }

  function settle() {
    retry.settle()
    problem.value = null
  }

  onScopeDispose(() => {
    stopped.abort()
  })
  return { more, loading: readonly(loading), problem, load }
}

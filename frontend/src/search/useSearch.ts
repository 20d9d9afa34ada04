import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ApiError, Sort } from '../api'
import { SEARCH_DEPTH, TAKE, asApiError, searchMeows } from '../api'
import type { Freshness } from '../freshness/useFreshness'
import type { FoundMeow } from '../meow/meow'
import { useRetry } from '../useRetry'

const DEBOUNCE = 200

/** Searches as somebody types; an answer that is no longer asked for is dropped. */
export function useSearch(query: () => string, sort: () => Sort, freshness: Freshness) {
  const meows = shallowRef<readonly FoundMeow[]>([])
  const total = ref(0)
  /** The query that `meows` answers; null when there is no answer. */
  const answered = ref<string | null>(null)
  const busy = ref(false)
  const more = ref(false)
  const problem = shallowRef<ApiError | null>(null)

  let running: AbortController | null = null
  let debounce: ReturnType<typeof setTimeout> | undefined
  /** How many results the last request skipped: a retry is for the same page. */
  let skipped = 0
  const retry = useRetry(() => void run(skipped))

  function cancel() {
    running?.abort()
    running = null
    clearTimeout(debounce)
    busy.value = false
  }

  async function run(skip: number) {
    cancel()
    const request = new AbortController()
    running = request
    skipped = skip
    busy.value = true
    try {
      const asked = query()
      const askedAt = Date.now()
      const page = await searchMeows({ query: asked, sort: sort(), skip }, request.signal)
      if (request.signal.aborted) return
      retry.settle()
      problem.value = null
      freshness.read(page.position, askedAt)
      answered.value = asked
      total.value = page.total
      meows.value = skip === 0 ? page.meows : extended(page.meows)
      more.value = page.meows.length >= TAKE && skip + 2 * TAKE <= SEARCH_DEPTH
    } catch (error) {
      if (request.signal.aborted) return
      problem.value = asApiError(error)
      if (problem.value.temporary) retry.later(problem.value.retryAfter)
    } finally {
      if (running === request) {
        running = null
        busy.value = false
      }
    }
  }

  /** Meows found meanwhile move the others down, so that a page can repeat some. */
  function extended(page: readonly FoundMeow[]): FoundMeow[] {
    const known = new Set(meows.value.map(({ id }) => id))
    return [...meows.value, ...page.filter(({ id }) => !known.has(id))]
  }

  function clear() {
    meows.value = []
    total.value = 0
    answered.value = null
    more.value = false
    problem.value = null
  }

  watch(
    [query, sort],
    ([asked], before) => {
      cancel()
      retry.settle()
      if (asked === '') {
        clear()
        return
      }
      busy.value = true
      const typing = before[0] !== undefined && before[0] !== asked
      debounce = setTimeout(() => void run(0), typing ? DEBOUNCE : 0)
    },
    { immediate: true },
  )

  // What it lacked is there now.
  watch(freshness.behind, (behind) => {
    if (!behind && query() !== '' && skipped === 0 && !busy.value) void run(0)
  })

  function loadMore() {
    if (!busy.value && more.value && problem.value === null) void run(skipped + TAKE)
  }

  function tryNow() {
    void run(skipped)
  }

  onScopeDispose(cancel)
  return { meows, total, answered, busy, more, problem, loadMore, tryNow }
}

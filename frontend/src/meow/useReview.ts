import { onScopeDispose } from 'vue'
import { IDS, asApiError, fetchMeows } from '../api'
import { useRetry } from '../useRetry'
import type { Deletion, Meow } from './meow'

/** Asks what has become of meows, a hundred at a time and until all are answered. */
export function useReview(learn: (known: Meow | Deletion) => void) {
  let open = new Set<string>()
  let running: AbortController | null = null
  const retry = useRetry(() => void goOn())

  function ask(ids: Iterable<string>) {
    // An answer that is under way may be older than what is doubted now.
    running?.abort()
    open = new Set([...open, ...ids])
    retry.settle()
    void goOn()
  }

  async function goOn() {
    const request = new AbortController()
    running = request
    try {
      while (open.size > 0) {
        const ids = [...open].slice(0, IDS)
        const answer = await fetchMeows(ids, request.signal)
        if (request.signal.aborted) return
        for (const id of ids) open.delete(id)
        answer.forEach(learn)
      }
      retry.settle()
    } catch (error) {
      if (request.signal.aborted) return
      const { temporary, retryAfter } = asApiError(error)
      if (temporary) retry.later(retryAfter)
      else open.clear()
    }
  }

  onScopeDispose(() => {
    running?.abort()
  })
  return { ask }
}

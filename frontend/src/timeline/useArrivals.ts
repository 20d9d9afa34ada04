import { onScopeDispose } from 'vue'
import type { Created } from '../feed/frames'

/** A busy feed is drawn ten times a second, not once per meow. */
const INTERVAL = 100

/** Hands on what arrives: the first meow at once, those that follow closely together. */
export function useArrivals(deliver: (created: readonly Created[]) => void) {
  let queue: Created[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = -Infinity

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (queue.length === 0) return
    last = Date.now()
    const batch = queue
    queue = []
    deliver(batch)
  }

  function add(created: Created) {
    queue.push(created)
    if (timer !== undefined) return
    const wait = last + INTERVAL - Date.now()
    if (wait <= 0) flush()
    else timer = setTimeout(flush, wait)
  }

  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return { add, flush }
}

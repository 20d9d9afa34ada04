import { onScopeDispose } from 'vue'
import type { Change } from './frames'

/** A busy feed is drawn ten times a second, not once per meow. */
const INTERVAL = 100

/** Hands on what arrives: the first change at once, those that follow closely together. */
export function useArrivals(deliver: (changes: readonly Change[]) => void) {
  let queue: Change[] = []
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

  function add(change: Change) {
    queue.push(change)
    if (timer !== undefined) return
    const wait = last + INTERVAL - Date.now()
    if (wait <= 0) flush()
    else timer = setTimeout(flush, wait)
  }

  /** Drops what was not handed on. */
  function clear() {
    clearTimeout(timer)
    timer = undefined
    queue = []
  }

  onScopeDispose(clear)
  return { add, flush, clear }
}

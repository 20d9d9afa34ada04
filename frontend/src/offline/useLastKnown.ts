import { useEventListener, watchThrottled } from '@vueuse/core'
import { watch } from 'vue'
import type { Meow } from '../meow/meow'
import { isMeow, isRecord } from '../meow/meow'

const KEY = 'meower.last'
/** So many of the newest are kept. */
const MOST = 100
/** Milliseconds between two writes. */
const EVERY = 5_000
/** What is older than a week is nothing to begin with. */
const FRESH = 7 * 24 * 60 * 60_000

/** The newest meows as they were at some time, in milliseconds since 1970. */
export interface LastKnown {
  readonly at: number
  readonly meows: readonly Meow[]
}

/**
 * Keeps the newest meows in the browser, for a page that begins without a network.
 *
 * @param newest what the timeline shows, newest first; what is deleted is not among it
 * @param live whether that is how things are now
 */
export function useLastKnown(newest: () => readonly Meow[], live: () => boolean) {
  /** When what is shown was true for the last time. */
  let at = 0

  function keep() {
    if (live()) at = Date.now()
    const meows = newest().slice(0, MOST)
    if (at > 0 && meows.length > 0) write({ at, meows })
  }

  // It was so at both ends.
  watch(live, () => {
    at = Date.now()
  })
  watchThrottled([newest, live], keep, { throttle: EVERY })
  useEventListener(window, 'pagehide', keep)
}

/** What was kept, unless that is nothing, or too old. */
export function lastKnown(now = Date.now()): LastKnown | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return isLastKnown(kept) && now - kept.at < FRESH ? kept : null
  } catch {
    // The browser keeps nothing, or what is there is not ours.
    return null
  }
}

function write(known: LastKnown) {
  try {
    localStorage.setItem(KEY, JSON.stringify(known))
  } catch {
    // The browser keeps nothing, or has no room left: then a page without a network begins empty.
  }
}

function isLastKnown(value: unknown): value is LastKnown {
  return (
    isRecord(value) &&
    typeof value.at === 'number' &&
    Array.isArray(value.meows) &&
    value.meows.length > 0 &&
    value.meows.every(isMeow)
  )
}

import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import { asApiError, fetchPosition, onAnswer } from '../api'

/** The server pings as often, but a script never hears of that: beyond it, silence says nothing. */
export const QUIET = 25_000
/** What is known elsewhere the feed brings within this many milliseconds. */
export const GRACE = 5_000
/** How often somebody looks at the clock, which after a sleep of the machine has jumped. */
const TICK = 5_000
/** While nobody can say where the feed should be, the pauses grow up to so many times `QUIET`. */
const MOST_PATIENT = 16
/** How many positions are remembered. */
const CAPACITY = 2_000

export type Liveness = ReturnType<typeof useLiveness>

/**
 * Whether the feed still brings what happens. A connection can be dead for minutes before the browser
 * notices: so when nothing was heard for a while, and when the answer to something else knows of more
 * than the feed, the servers are asked, and the feed is given a moment to bring it.
 *
 * @param wanted whether the feed has to be open at all
 */
export function useLiveness(wanted: () => boolean = () => true) {
  /** Grows each time that the feed does not bring what it should: then it is to be opened anew. */
  const lost = ref(0)
  const named = new Set<string>()
  let lastSign = Date.now()
  let signs = 0
  let patience = 1
  let asking = false
  let suspicion: ReturnType<typeof setTimeout> | undefined

  /** The feed has brought something, and with it a position if it has one. */
  function heard(position: string | null) {
    lastSign = Date.now()
    signs += 1
    settle()
    remember(position)
  }

  function remember(position: string | null) {
    if (position === null) return
    named.add(position)
    const [oldest] = named
    if (named.size > CAPACITY && oldest !== undefined) named.delete(oldest)
  }

  /** Unless something is heard from the feed within a moment, there is reason for the action. */
  function suspect(action: () => void) {
    suspicion ??= setTimeout(() => {
      settle()
      action()
    }, GRACE)
  }

  function settle() {
    clearTimeout(suspicion)
    suspicion = undefined
  }

  onAnswer(({ headers, changed }) => {
    if (!wanted()) return
    const position = headers.get('Meower-Position')
    if (position !== null && !named.has(position)) {
      suspect(() => {
        // Positions cannot be ordered: it may be an old one, and is reason enough only once.
        remember(position)
        lost.value += 1
      })
    } else if (changed) {
      suspect(() => void ask())
    }
  })

  async function ask() {
    if (asking) return
    const before = signs
    asking = true
    lastSign = Date.now()
    try {
      await fetchPosition()
      patience = 1
    } catch (error) {
      if (asApiError(error).status !== null) patience = Math.min(2 * patience, MOST_PATIENT)
      if (signs === before) lost.value += 1
    } finally {
      asking = false
    }
  }

  watch(wanted, () => {
    lastSign = Date.now()
    settle()
  })

  function look(quiet: number) {
    if (!wanted()) return
    const silence = Date.now() - lastSign
    // The clock may have been put back.
    if (silence < 0 || silence >= quiet) void ask()
  }

  function lookNow() {
    if (document.visibilityState === 'visible') look(GRACE)
  }

  useIntervalFn(() => {
    look(QUIET * patience)
  }, TICK)
  useEventListener(document, 'visibilitychange', lookNow)
  useEventListener(window, ['online', 'pageshow'], lookNow)
  onScopeDispose(settle)
  return { lost: readonly(lost), heard }
}

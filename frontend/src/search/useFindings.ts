import { useEventListener } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { FeedState } from '../feed/Feed'
import { Feed } from '../feed/Feed'
import type { Change } from '../feed/frames'
import { useArrivals } from '../feed/useArrivals'
import type { Liveness } from '../feed/useLiveness'
import type { FoundMeow } from '../meow/meow'
import { useRetry } from '../useRetry'

/** More than that are not held: then the search is asked again. */
export const MOST = 500

/**
 * What a search finds from a position on, as it is posted: the newest first.
 *
 * @param missed some of it is lost, so that the search has to be asked again
 */
export function useFindings(missed: () => void, liveness: Liveness) {
  const meows = shallowRef<readonly FoundMeow[]>([])
  const state = ref<FeedState>('connecting')
  const retry = useRetry(missed)
  let feed: Feed | null = null

  const arrivals = useArrivals((changes: readonly Change[]) => {
    const known = new Set(meows.value.map(({ id }) => id))
    const found = changes.flatMap((change) =>
      change.kind === 'created' && !known.has(change.meow.id)
        ? [{ ...change.meow, matches: change.meow.matches ?? [] }]
        : [],
    )
    if (found.length > 0) meows.value = [...found.reverse(), ...meows.value]
    if (meows.value.length < MOST) return
    feed?.stop()
    retry.later()
  })

  /** Forgets what was found, and follows another search, or the same from another position on. */
  function follow(query: string, after: string) {
    stop()
    feed = new Feed(
      {
        onState: (now) => {
          state.value = now
        },
        // What a search finds says nothing of the feed that brings everything.
        onSign: () => undefined,
        onHello: ({ resumed }) => {
          if (resumed) retry.settle()
          else retry.later()
        },
        onChange: arrivals.add,
        onGap: () => retry.later(),
        onPage: () => retry.later(),
      },
      () => ({ query }),
    )
    feed.start(after)
  }

  function stop() {
    feed?.stop()
    feed = null
    retry.settle()
    state.value = 'connecting'
    arrivals.clear()
    meows.value = []
  }

  // What has swallowed one connection has swallowed both.
  watch(liveness.lost, () => feed?.renew())
  useEventListener(window, 'online', () => feed?.online())
  useEventListener(window, 'offline', () => feed?.offline())
  onScopeDispose(stop)
  return { meows, state, follow, stop }
}

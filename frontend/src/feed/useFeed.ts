import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import { servers } from '../meow/serverClock'
import type { FeedListener, FeedState } from './Feed'
import { Feed } from './Feed'
import type { Liveness } from './useLiveness'

/**
 * The live feed of a component: it follows the network and stops with its component.
 *
 * @param wanted whether it has to be open; when it is wanted again it goes on where it was
 */
export function useFeed(
  listener: Omit<FeedListener, 'onState' | 'onSign'>,
  liveness: Liveness,
  wanted: () => boolean = () => true,
) {
  const state = ref<FeedState>('connecting')
  const feed = new Feed({
    ...listener,
    onSign: liveness.heard,
    onChange: (change) => {
      if (change.kind === 'created') servers.hasBeen(change.meow.created_at, Date.now())
      listener.onChange(change)
    },
    onState: (now) => {
      state.value = now
    },
  })
  let started = false
  let from: string | null = null

  /** Opens the feed, right after a position if one is given; what is open already stays. */
  function start(after: string | null = null) {
    if (started) return
    started = true
    from = after
    if (wanted()) feed.start(from)
  }

  watch(wanted, (now) => {
    if (!started) return
    if (now) {
      feed.start(from)
      return
    }
    feed.stop()
    from = feed.position ?? from
    state.value = 'connecting'
  })

  watch(liveness.lost, () => {
    feed.renew()
  })
  useEventListener(window, 'online', () => {
    feed.online()
  })
  useEventListener(window, 'offline', () => {
    feed.offline()
  })
  onScopeDispose(() => {
    started = true
    feed.stop()
  })
  return { state: readonly(state), start }
}

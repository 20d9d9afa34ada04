import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, ref } from 'vue'
import type { FeedListener, FeedState } from './Feed'
import { Feed } from './Feed'

/** The live feed of a component: it follows the network and stops with its component. */
export function useFeed(listener: Omit<FeedListener, 'onState'>) {
  const state = ref<FeedState>('connecting')
  const feed = new Feed({
    ...listener,
    onState: (now) => {
      state.value = now
    },
  })
  let started = false

  /** Opens the feed, right after a position if one is given; what is open already stays. */
  function start(after: string | null = null) {
    if (started) return
    started = true
    feed.start(after)
  }

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

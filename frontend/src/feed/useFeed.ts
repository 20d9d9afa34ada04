import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, ref } from 'vue'
import type { FeedListener, FeedState } from './Feed'
import { Feed } from './Feed'

/** The live feed of a component: it starts with it, follows the network, and stops with it. */
export function useFeed(listener: Omit<FeedListener, 'onState'>) {
  const state = ref<FeedState>('connecting')
  const feed = new Feed({
    ...listener,
    onState: (now) => {
      state.value = now
    },
  })
  useEventListener(window, 'online', () => {
    feed.online()
  })
  useEventListener(window, 'offline', () => {
    feed.offline()
  })
  onScopeDispose(() => {
    feed.stop()
  })
  feed.start()
  return readonly(state)
}

import { useEventListener, useOnline } from '@vueuse/core'
import { onScopeDispose, readonly, shallowRef } from 'vue'
import type { Posted, Undo } from '../api'
import type { Meow } from '../meow/meow'
import { isMeow, isRecord } from '../meow/meow'
import type { Post } from './post'
import { dueAt, headOf, newPost } from './post'
import type { PostStore } from './PostStore'
import { openPostStore } from './PostStore'
import type { Occasion } from './Sender'
import { Sender } from './Sender'

const CHANNEL = 'meower.outbox'

/** A post of this tab that is as it says now. */
export interface Progress {
  readonly key: string
  /** The meow, once it is one. */
  readonly meow: Meow | null
}

export type Outbox = ReturnType<typeof useOutbox>

/**
 * What is written and not posted yet, one outbox for all tabs, which outlives them. It is sent in its
 * order whatever view is shown, when the network and the server allow it. `onPosted` hears of each in
 * every tab, of what allows to take it back in one of them.
 */
export function useOutbox(
  onPosted: (meow: Meow, undo: Undo | null) => void,
  store: PostStore = openPostStore(),
) {
  const posts = shallowRef<readonly Post[]>([])
  const online = useOnline()
  /** What somebody wrote last in this tab. */
  const latest = shallowRef<Progress | null>(null)
  /** On their way into the store. */
  let entering: readonly Post[] = []
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const tabs = new BroadcastChannel(CHANNEL)
  const sender = new Sender(store, { changed: () => void changed(), posted })

  /** Has a text posted. It stands in the list from now on. */
  async function add(body: string) {
    const post = newPost(body)
    entering = [...entering, post]
    posts.value = [...posts.value, post]
    latest.value = { key: post.key, meow: null }
    await store.add(post)
    entering = entering.filter(({ key }) => key !== post.key)
    await changed()
    sender.flush('hope')
  }

  /** Takes a post away; what was under way may be posted all the same. */
  async function cancel(key: string) {
    if (latest.value?.key === key) latest.value = null
    await store.remove(key)
    await changed()
    sender.flush('time')
  }

  async function sendNow(key: string) {
    await store.update(key, { wanted: Date.now(), state: { kind: 'queued' } })
    await changed()
    sender.flush('demand')
  }

  async function changed() {
    if (stopped) return
    tabs.postMessage('changed')
    await refresh()
  }

  async function refresh() {
    const stored = await store.list()
    if (stopped) return
    posts.value = [...stored, ...entering.filter(({ key }) => !stored.some((s) => s.key === key))]
    sender.keepOnly(stored)
    arm()
  }

  /** Looks again when it is time for what is next: by the clock, as timers go off early, too. */
  function arm() {
    clearTimeout(timer)
    const now = Date.now()
    const head = headOf(posts.value, now)
    if (head?.state.kind !== 'delayed') return
    const wait = Math.ceil(dueAt(head) - now)
    if (wait > 0) timer = setTimeout(arm, wait)
    else look('time')
  }

  function look(occasion: Occasion) {
    sender.flush(occasion)
  }

  function posted({ key }: Post, { meow, undo }: Posted) {
    if (stopped) return
    tabs.postMessage({ key, meow })
    accept(key, meow, undo)
  }

  /** At once: between the post and the meow that it is now the list shows neither both nor none. */
  function accept(key: string, meow: Meow, undo: Undo | null) {
    posts.value = posts.value.filter((post) => post.key !== key)
    if (latest.value?.key === key) latest.value = { key, meow }
    onPosted(meow, undo)
  }

  async function hear({ data }: { readonly data: unknown }) {
    if (isRecord(data) && typeof data.key === 'string' && isMeow(data.meow)) {
      accept(data.key, data.meow, null)
    }
    await refresh()
    sender.flush('time')
  }

  async function start() {
    await refresh()
    look('hope')
  }

  tabs.onmessage = (message: MessageEvent) => void hear(message)
  useEventListener(window, ['online', 'focus', 'pageshow'], () => void start())
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') void start()
  })
  onScopeDispose(() => {
    stopped = true
    clearTimeout(timer)
    tabs.close()
    sender.stop()
  })
  void start()

  return { posts: readonly(posts), online, latest, add, cancel, sendNow }
}

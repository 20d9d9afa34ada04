import { useDocumentVisibility, useEventListener } from '@vueuse/core'
import { effectScope, onScopeDispose, watch } from 'vue'
import { isRecord } from '../meow/meow'
import type { Meow } from '../meow/meow'
import { useMutes } from '../mute/useMutes'
import type { Tag } from '../tag/tags'
import { isTagged, keyOf, tagAddress, titleOf } from '../tag/tags'
import { isolate } from '../meow/isolate'
import { t } from '../language/text'
import { useTopics } from '../tag/useTopics'
import type { FollowListener } from '../timeline/Source'
import { ATTENTION, hold, isSeen, useAttention } from './attention'
import { Book } from './Book'
import { Notices } from './Notices'
import { useNotified } from './useNotified'

/** The tab that notifies, of those that cannot be seen, holds it. */
const HERALD = 'meower.herald'

/** What comes within so many milliseconds is told together; an own post is known as one by then. */
export const WAIT = 2_000
/** Between two notifications about the same tags there are so many milliseconds. */
export const PAUSE = 10_000

/**
 * Notifies of what comes about the tags that somebody chose, while no tab can be seen: one tab for all,
 * with a connection of its own that begins there. What it missed it does not tell.
 *
 * @param isOwn whether somebody here posted it
 * @param open goes to an address
 */
export function useHerald(isOwn: (id: string) => boolean, open: (address: string) => void) {
  const { notified } = useNotified()
  const mutes = useMutes()
  const visibility = useDocumentVisibility()
  const attention = useAttention(() => notified.value.length > 0)
  const notices = new Notices(open)
  /** What ends what this tab hears and tells. */
  let dismiss: (() => void) | null = null

  watch(
    [visibility, notified],
    ([now], _, onCleanup) => {
      attention.update()
      if (now === 'visible') {
        void notices.clear()
        return
      }
      if (notified.value.length === 0) return
      const release = hold(HERALD, 'exclusive', begin)
      onCleanup(() => {
        release()
        end()
      })
    },
    { immediate: true },
  )

  function begin() {
    const scope = effectScope(true)
    scope.run(() => {
      const topics = useTopics({ seen: () => undefined })
      const followings = notified.value.map((tags) => topics.join(tags, useTales(tags)))
      followings.forEach(({ start }) => {
        start()
      })
    })
    dismiss = () => {
      scope.stop()
    }
  }

  function end() {
    dismiss?.()
    dismiss = null
  }

  /** Listens to what happens about some tags, and tells it. */
  function useTales(tags: readonly Tag[]): FollowListener {
    const tag = keyOf(tags)
    let book = new Book()
    let told = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    /** The newest page, where that is all that comes. */
    let known: ReadonlySet<string> | null = null

    function tellSoon() {
      timer ??= setTimeout(() => void tell(), Math.max(WAIT, told + PAUSE - Date.now()))
    }

    async function tell() {
      const seen = await isSeen()
      timer = undefined
      if (seen) {
        forget()
        return
      }
      const meows = mutes.heard(book.meows).filter(({ id }) => !isOwn(id))
      const newest = meows.at(-1)
      if (newest === undefined) {
        await notices.close(tag)
        return
      }
      told = Date.now()
      const title = titleOf(tags)
      await notices.show({
        tag,
        title: t('notify.count', {
          meows: t('newest.meows', { count: meows.length }),
          tags: isolate(title),
        }),
        body: newest.body,
        address: tagAddress(...tags.map(({ text }) => text)),
      })
    }

    function forget() {
      book = new Book()
    }

    function add(meow: Meow) {
      book.add(meow)
      tellSoon()
    }

    const channel = new BroadcastChannel(ATTENTION)
    channel.onmessage = forget
    onScopeDispose(() => {
      clearTimeout(timer)
      channel.close()
    })
    return {
      onHello: () => undefined,
      onGap: () => undefined,
      onChange: (change) => {
        switch (change.kind) {
          case 'created':
            add(change.meow)
            break
          case 'edited':
            if (book.edit(change.meow, isTagged(change.meow, tags))) tellSoon()
            break
          case 'deleted':
            if (book.remove(change.deletion.id)) tellSoon()
            break
        }
      },
      onPage: ({ meows }) => {
        const before = known
        if (meows.length > 0) known = new Set(meows.map(({ id }) => id))
        if (before === null) return
        for (const meow of meows.toReversed()) {
          if (!before.has(meow.id) && isTagged(meow, tags)) add(meow)
        }
      },
    }
  }

  // Somebody pressed one, and the worker has chosen this tab to go where it leads.
  if ('serviceWorker' in navigator) {
    useEventListener(navigator.serviceWorker, 'message', ({ data }: MessageEvent<unknown>) => {
      if (isRecord(data) && typeof data.go === 'string') open(data.go)
    })
  }

  onScopeDispose(end)
}

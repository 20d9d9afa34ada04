import type { Ref } from 'vue'
import { computed, watch } from 'vue'
import type { Meow } from '../meow/meow'
import type { Post } from './post'

/** How many of the newest meows are looked at. */
const NEWEST = 50

/**
 * The posts to be shown above the meows. The feed may be faster with a meow than the answer to its post:
 * a post that is under way is not shown beside a newer meow that says the same.
 */
export function useRows(posts: Readonly<Ref<readonly Post[]>>, meows: () => readonly Meow[]) {
  /** For each post that is under way: the meows that are older than its try. */
  const older = new Map<string, ReadonlySet<string>>()
  const newest = computed(() => meows().slice(0, NEWEST))

  watch(
    posts,
    (now) => {
      const sending = now.filter(({ state }) => state.kind === 'sending')
      for (const key of older.keys()) {
        if (!sending.some((post) => post.key === key)) older.delete(key)
      }
      for (const { key } of sending) {
        if (!older.has(key)) older.set(key, new Set(newest.value.map(({ id }) => id)))
      }
    },
    { immediate: true, flush: 'sync' },
  )

  function hasCome({ key, body }: Post): boolean {
    const known = older.get(key)
    return (
      known !== undefined && newest.value.some((meow) => meow.body === body && !known.has(meow.id))
    )
  }

  return computed(() => posts.value.filter((post) => !hasCome(post)))
}

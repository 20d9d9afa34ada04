import { createSharedComposable, useStorage } from '@vueuse/core'
import { computed } from 'vue'
import { storageOf } from '../storageOf'
import type { Tag } from './tags'
import { MOST_TAGS, keyOf, readTags, titleOf } from './tags'

const KEY = 'meower.tags'

/** So many topics the pusher takes on one connection, of which some are for a view that is not followed. */
const MOST = 100 - MOST_TAGS

/** The tags that somebody follows, kept in this browser and the same in all of its tabs; each entry is a list. */
export const useFollowedTags = createSharedComposable(() => {
  const stored = useStorage(KEY, { tags: [] as string[], columns: false }, storageOf('local'), {
    mergeDefaults: true,
    onError: () => undefined,
  })

  const followed = computed(() => {
    const entries = new Map<string, readonly Tag[]>()
    for (const text of texts(stored.value)) {
      const { tags } = readTags(text)
      const key = keyOf(tags)
      if (tags.length === 0 || entries.has(key)) continue
      if (countOf([...entries.values(), tags]) > MOST) break
      entries.set(key, tags)
    }
    return [...entries.values()]
  })

  /** Whether they are shown side by side, where there is room. */
  const columns = computed({
    get: () => stored.value.columns,
    set: (chosen) => {
      stored.value = { ...stored.value, columns: chosen }
    },
  })

  function isFollowed(tags: readonly Tag[]): boolean {
    return followed.value.some((entry) => keyOf(entry) === keyOf(tags))
  }

  /** Whether there is room for one more entry. */
  function fits(tags: readonly Tag[]): boolean {
    return countOf([...followed.value, tags]) <= MOST
  }

  function follow(tags: readonly Tag[]) {
    if (fits(tags)) keep([...followed.value, tags])
  }

  function unfollow(tags: readonly Tag[]) {
    keep(followed.value.filter((entry) => keyOf(entry) !== keyOf(tags)))
  }

  function keep(entries: readonly (readonly Tag[])[]) {
    stored.value = { ...stored.value, tags: entries.map(titleOf) }
  }

  return { followed, columns, isFollowed, fits, follow, unfollow }
})

/** Whatever it is that stands there. */
function texts(written: { readonly tags: unknown }): string[] {
  const { tags } = written
  return Array.isArray(tags) ? tags.filter((text) => typeof text === 'string') : []
}

function countOf(entries: readonly (readonly Tag[])[]): number {
  return new Set(entries.flat().map(({ name }) => name)).size
}

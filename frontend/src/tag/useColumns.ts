import { useWindowSize } from '@vueuse/core'
import { computed } from 'vue'
import type { Tag } from './tags'
import { keyOf } from './tags'
import { useFollowedTags } from './useFollowedTags'

/** In pixels: what stands beside the columns, and each of them with the space to the next. */
const TOOLS = 420
const COLUMN = 340

/**
 * The lists that are shown side by side: that of the view first, then as many of the followed ones as there
 * is room for.
 *
 * @param shown the tags of the view
 */
export function useColumns(shown: () => readonly Tag[]) {
  const { followed, columns } = useFollowedTags()
  const { width } = useWindowSize()
  const room = computed(() => Math.floor((width.value - TOOLS) / COLUMN))
  const others = computed(() => followed.value.filter((tags) => keyOf(tags) !== keyOf(shown())))

  /** Whether there is something to be shown side by side, and room for it. */
  const offered = computed(() => shown().length > 0 && others.value.length > 0 && room.value >= 2)
  const lists = computed(() =>
    offered.value && columns.value ? [shown(), ...others.value].slice(0, room.value) : [shown()],
  )
  return { columns, offered, lists }
}

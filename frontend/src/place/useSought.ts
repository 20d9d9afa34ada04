import { useEventListener } from '@vueuse/core'
import { computed, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { scrollTo } from '../column/column'
import type { Column } from '../column/useColumn'
import { isTyping } from '../keyboard/typing'
import type { Place } from './place'
import { articleOf, topOf } from './place'

const SCROLLS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ', 'Tab'])

/** What a list needs to be found again where it was read. */
export type Seat = Pick<ReturnType<typeof useSought>, 'sought' | 'attend'>

/**
 * A place that is looked for, until it is found, or until somebody scrolls away from it.
 *
 * @param first what is looked for at the beginning
 * @param column in which it is; null for the window
 */
export function useSought(first: Place | null, column: Column | null = null) {
  const sought = shallowRef<Place | null>(first)
  /** While a list lays out all of its meows: the height of those out of sight is otherwise a guess. */
  const whole = ref(first !== null)
  const attended = shallowRef<(() => boolean) | null>(null)
  const ready = computed(() => attended.value?.() ?? true)

  /** A view says when its list is on the page as it was asked for, until its component is gone. */
  function attend(shown: () => boolean) {
    attended.value = shown
    onScopeDispose(() => {
      if (attended.value === shown) attended.value = null
    })
  }

  function seek(place: Place | null) {
    sought.value = place
    whole.value = place !== null
  }

  watch([ready, sought], find, { flush: 'post' })
  onMounted(find)

  /** Goes to the place, and once more after what has been laid out and drawn there has moved it. */
  async function find() {
    const place = sought.value
    if (place === null || !ready.value) return
    goTo(place)
    focusAgain()
    for (const all of [true, false]) {
      await drawn()
      if (sought.value !== place) return
      whole.value = all
      await drawn()
      if (sought.value !== place) return
      goTo(place)
    }
    seek(null)
  }

  function goTo(place: Place) {
    const within = column?.value ?? null
    scrollTo(within, topOf(place, within))
  }

  function focusAgain() {
    const id = sought.value?.focused ?? null
    const meow = id === null || !ready.value ? null : articleOf(id, column?.value)
    if (meow === null) return
    meow.tabIndex = -1
    meow.focus({ preventScroll: true })
  }

  // Whoever scrolls while something is looked for has found something else.
  useEventListener(column ?? window, ['wheel', 'touchmove'], away, { passive: true })
  useEventListener(window, 'keydown', (event) => {
    if (isScrolling(event)) away()
  })

  /** A key scrolls what has the focus, unless somebody types with it. */
  function isScrolling(event: KeyboardEvent) {
    const { key, altKey, ctrlKey, metaKey } = event
    if (!SCROLLS.has(key) || altKey || ctrlKey || metaKey || isTyping(event)) return false
    return column === null || (column.value?.contains(document.activeElement) ?? false)
  }

  function away() {
    seek(null)
  }

  return { sought, whole, ready, attend, seek, focusAgain }
}

/** Resolves when what is on the page now has been drawn once. */
function drawn(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

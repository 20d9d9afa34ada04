import { useEventListener } from '@vueuse/core'
import { computed, nextTick, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Address } from '../useAddress'
import type { Place } from './place'
import { articleOf, placeOfTheRead, topOf } from './place'
import { useStoredPlaces } from './useStoredPlaces'

/** Milliseconds without scrolling. */
const REST = 100

const SCROLLS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ', 'Tab'])

export type Places = ReturnType<typeof usePlaces>

/**
 * Where somebody reads, for each entry of the history: found again after a reload, and when somebody
 * comes back from other views, other searches and other documents. A new list begins at its top, and
 * so does what is shown already when somebody goes there once more.
 *
 * @param enter gives the focus to the view that is shown
 */
export function usePlaces({ entry, visits, view, query, sort, tag }: Address, enter: () => void) {
  const stored = useStoredPlaces()
  /** The place to be found again, until it is, or until somebody scrolls away from it. */
  const sought = shallowRef<Place | null>(stored.of(entry.value))
  /** While a list lays out all of its meows: the height of those out of sight is otherwise a guess. */
  const whole = ref(sought.value !== null)
  const attended = shallowRef<(() => boolean) | null>(null)
  const ready = computed(() => attended.value?.() ?? true)
  /** There is one timeline, which goes on: a link leads back to where it was left. */
  let timelinePlace: Place | null = null

  history.scrollRestoration = 'manual'

  /** A view says when its list is on the page as it was asked for, until its component is gone. */
  function attend(shown: () => boolean) {
    attended.value = shown
    onScopeDispose(() => {
      if (attended.value === shown) attended.value = null
    })
  }

  // Before it is drawn: what is on the page is still what is left.
  watch(
    [entry, visits, view, query, sort, tag],
    async ([now, visit, shown], [before, visited, left]) => {
      if (now === before && visit === visited) {
        seek(null)
        window.scrollTo({ top: 0 })
        return
      }
      const place = leave(before)
      if (left === 'timeline') timelinePlace = place
      const again = shown === 'timeline' && left !== 'timeline' ? timelinePlace : null
      seek(visit === visited ? stored.of(now) : again)
      await nextTick()
      if (sought.value === null || !ready.value) window.scrollTo({ top: 0 })
      enter()
      focusAgain()
    },
    { flush: 'pre' },
  )

  function seek(place: Place | null) {
    sought.value = place
    whole.value = place !== null
  }

  /** Keeps the place of an entry that was found; one that was not is the same as before. */
  function leave(left: string): Place | null {
    if (sought.value !== null) return sought.value
    const place = placeOfTheRead()
    stored.keep(left, place)
    return place
  }

  watch([ready, sought], find, { flush: 'post' })
  onMounted(find)

  /** Goes to the place, and once more after what has been laid out and drawn there has moved it. */
  async function find() {
    const place = sought.value
    if (place === null || !ready.value) return
    window.scrollTo({ top: topOf(place) })
    focusAgain()
    for (const all of [true, false]) {
      await drawn()
      if (sought.value !== place) return
      whole.value = all
      await drawn()
      if (sought.value !== place) return
      window.scrollTo({ top: topOf(place) })
    }
    seek(null)
  }

  function focusAgain() {
    const id = sought.value?.focused ?? null
    const meow = id === null || !ready.value ? null : articleOf(id)
    if (meow === null) return
    meow.tabIndex = -1
    meow.focus({ preventScroll: true })
  }

  // Whoever scrolls while something is looked for has found something else.
  useEventListener(window, ['wheel', 'touchmove'], away, { passive: true })
  useEventListener(window, 'keydown', ({ key, altKey, ctrlKey, metaKey }) => {
    if (SCROLLS.has(key) && !altKey && !ctrlKey && !metaKey) away()
  })

  function away() {
    seek(null)
  }

  // What is stored while the page goes may be lost: it is there as soon as somebody rests, or presses
  // what may lead elsewhere.
  let resting: ReturnType<typeof setTimeout> | undefined
  const rest = () => leave(entry.value)
  useEventListener(window, 'scroll', scrolled, { passive: true })
  useEventListener(window, 'click', rest, { capture: true })
  onScopeDispose(() => {
    clearTimeout(resting)
  })

  function scrolled() {
    clearTimeout(resting)
    resting = setTimeout(rest, REST)
  }

  useEventListener(window, 'pagehide', rest)
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') rest()
  })

  /** The timeline is begun at its top the next time. */
  function forget() {
    timelinePlace = null
  }

  return { sought, whole, attend, forget }
}

/** Resolves when what is on the page now has been drawn once. */
function drawn(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

import { nextTick, watch } from 'vue'
import type { Address } from '../useAddress'
import type { Place } from './place'
import { placeOfTheRead } from './place'
import { useRest } from './useRest'
import { useSought } from './useSought'
import { useStoredPlaces } from './useStoredPlaces'

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
  const { sought, whole, ready, attend, seek, focusAgain } = useSought(stored.of(entry.value))
  /** There is one timeline, which goes on: a link leads back to where it was left. */
  let timelinePlace: Place | null = null

  history.scrollRestoration = 'manual'

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

  /** Keeps the place of an entry that was found; one that was not is the same as before. */
  function leave(left: string): Place | null {
    if (sought.value !== null) return sought.value
    const place = placeOfTheRead()
    stored.keep(left, place)
    return place
  }

  useRest(() => void leave(entry.value))

  /** The timeline is begun at its top the next time. */
  function forget() {
    timelinePlace = null
  }

  return {
    entry,
    visits,
    sought,
    whole,
    attend,
    forget,
    /** The place in a part of an entry that scrolls by itself. */
    kept: (of: string, part: string) => stored.of(`${of} ${part}`),
    keep: (of: string, part: string, place: Place | null) => {
      stored.keep(`${of} ${part}`, place)
    },
  }
}

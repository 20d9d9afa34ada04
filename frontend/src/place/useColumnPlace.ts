import { nextTick, watch } from 'vue'
import { scrollTo } from '../column/column'
import type { Column } from '../column/useColumn'
import { placeOfTheRead } from './place'
import type { Places } from './usePlaces'
import { useRest } from './useRest'
import { useSought } from './useSought'

/**
 * Where somebody reads in a column, which scrolls by itself: found again after a reload, and when somebody
 * comes back, as the place in a list that has the page for itself.
 *
 * @param name tells it from the other columns
 */
export function useColumnPlace(
  column: Column,
  name: string,
  { entry, visits, keep, kept }: Places,
) {
  const { sought, whole, attend, seek } = useSought(kept(entry.value, name), column)

  function leave(left: string) {
    if (sought.value !== null) return sought.value
    const place = placeOfTheRead(column.value)
    keep(left, name, place)
    return place
  }

  // Before it is drawn. To stand elsewhere among the others is to begin at the top, for the browser.
  watch(
    [entry, visits],
    async ([now], [before]) => {
      if (now === before) {
        seek(null)
        scrollTo(column.value, 0)
        return
      }
      const place = leave(before)
      const again = kept(now, name) ?? place
      await nextTick()
      seek(again)
    },
    { flush: 'pre' },
  )

  useRest(() => void leave(entry.value), column)

  return { sought, whole, attend }
}

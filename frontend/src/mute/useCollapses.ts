import type { Ref } from 'vue'
import { computed, nextTick, watch } from 'vue'
import { useKeys } from '../keyboard/useKeys'
import type { ListedMeow } from '../meow/meow'
import { isCurrentList } from '../meow/currentList'
import { holdPlace, layOut, placeOfTheRead } from '../meow/place'
import { useMutes } from './useMutes'

/**
 * What is muted in a list is folded up and out without moving what is read, and the focus stays in its
 * row; X does it with the meow that has the focus.
 *
 * @returns a word that changes when another meow is folded up or out
 */
export function useCollapses(
  list: Readonly<Ref<HTMLElement | null>>,
  meows: () => readonly ListedMeow[],
) {
  const { reasonOf, toggle } = useMutes()

  const collapsed = computed(() =>
    meows()
      .filter((meow) => reasonOf(meow) !== null)
      .map(({ id }) => id)
      .join(' '),
  )

  /** Of the meows that are on the page and stay there: what comes and goes is not folded up or out. */
  function changes(now: string, before: string): Set<string> {
    const [folded, were] = [new Set(now.split(' ')), new Set(before.split(' '))]
    const listed = new Set(meows().map(({ id }) => id))
    const ids = rows().map(({ dataset: { row = '' } }) => row)
    return new Set(ids.filter((id) => listed.has(id) && folded.has(id) !== were.has(id)))
  }

  function rows(): HTMLElement[] {
    return [...(list.value?.children ?? [])] as HTMLElement[]
  }

  // Before it is drawn: what is on the page is still as somebody sees it.
  watch(
    collapsed,
    async (now, before) => {
      const changed = changes(now, before)
      if (changed.size === 0) return
      const stay = rows().filter(({ dataset: { row = '' } }) => !changed.has(row))
      const focused = rows().find((row) => row.contains(document.activeElement))
      const place = placeOfTheRead(focused === undefined ? stay : rows()) ?? placeOfTheRead(rows())
      await nextTick()
      layOut(rows().filter(({ dataset: { row = '' } }) => changed.has(row)))
      if (place?.row.isConnected === true) holdPlace(place)
      if (focused?.isConnected === true) focusIn(focused)
    },
    { flush: 'pre' },
  )

  useKeys(
    {
      x: () => {
        const focused = rows().find((row) => row.contains(document.activeElement))
        const meow = meows().find(({ id }) => id === focused?.dataset.row)
        if (meow !== undefined) toggle(meow)
      },
    },
    () => isCurrentList(list.value),
  )
  return collapsed
}

/** Of what had the focus nothing is left; what is in its place has it then. */
function focusIn(row: HTMLElement) {
  if (row.contains(document.activeElement)) return
  const article = row.querySelector('article')
  if (article === null) return
  article.tabIndex = -1
  article.focus({ preventScroll: true })
}

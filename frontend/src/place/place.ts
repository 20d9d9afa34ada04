import { frameOf, scrollOf } from '../column/column'
import { isRecord } from '../meow/meow'
import { firstBelow } from '../meow/place'

/** So many meows of a list are found again at most. */
const MOST = 1_000
/** What follows the meow that is read, as far as somebody may scroll before more is there. */
const BEYOND = 50

/** Where somebody reads in a list. Ids only: what is shown there again has to be read again. */
export interface Place {
  /** Of the first meow that can be seen; empty where none can. */
  readonly id: string
  /** How far below the top of what scrolls it begins, and how far that is scrolled. */
  readonly top: number
  readonly scroll: number
  /** The meow that has the focus. */
  readonly focused: string | null
  /** The list, from its first meow to a few behind the one that is read. */
  readonly ids: readonly string[]
}

/**
 * Where somebody reads; nothing at the top. By the meow: heights of what is out of sight are guesses.
 *
 * @param column in which it is; null for the window
 */
export function placeOfTheRead(column: HTMLElement | null = null): Place | null {
  const scroll = scrollOf(column)
  if (scroll === 0) return null
  const covered = frameOf(column).top
  const meows = [...(column ?? document).querySelectorAll<HTMLElement>('article[data-id]')]
  const at = firstBelow(meows, covered)
  const read = meows[at]
  const focused = document.activeElement?.closest<HTMLElement>('article[data-id]')
  return {
    id: idOf(read),
    top: read === undefined ? 0 : read.getBoundingClientRect().top - originOf(column),
    scroll,
    focused: focused && meows.includes(focused) ? idOf(focused) : null,
    ids: meows.slice(0, at < 0 ? MOST : Math.min(at + BEYOND, MOST)).map(idOf),
  }
}

function originOf(column: HTMLElement | null): number {
  return column?.getBoundingClientRect().top ?? 0
}

function idOf(meow: HTMLElement | undefined): string {
  return meow?.dataset.id ?? ''
}

/** Returns how far to scroll to be there again: to the next meow where that one is no more. */
export function topOf({ id, top, scroll, ids }: Place, column: HTMLElement | null = null): number {
  const candidates = ids.includes(id) ? ids.slice(ids.indexOf(id)) : [id]
  const read = candidates.map((one) => articleOf(one, column)).find((article) => article !== null)
  if (read) return scrollOf(column) + read.getBoundingClientRect().top - originOf(column) - top
  // Of a list that is another one by now nothing says where to read on.
  return ids.includes(id) ? 0 : scroll
}

export function articleOf(id: string, column?: HTMLElement | null): HTMLElement | null {
  return (column ?? document).querySelector<HTMLElement>(`article[data-id="${CSS.escape(id)}"]`)
}

export function isPlace(value: unknown): value is Place {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.top === 'number' &&
    typeof value.scroll === 'number' &&
    (value.focused === null || typeof value.focused === 'string') &&
    Array.isArray(value.ids) &&
    value.ids.every((id) => typeof id === 'string')
  )
}

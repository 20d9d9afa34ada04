import { isRecord } from '../meow/meow'

/** So many meows of a list are found again at most. */
const MOST = 1_000
/** What follows the meow that is read, as far as somebody may scroll before more is there. */
const BEYOND = 50

/** Where somebody reads in a list. Ids only: what is shown there again has to be read again. */
export interface Place {
  /** Of the first meow that can be seen; empty where none can. */
  readonly id: string
  /** How far below the window's top it begins, and how far the page's top is above that. */
  readonly top: number
  readonly scroll: number
  /** The meow that has the focus. */
  readonly focused: string | null
  /** The list, from its first meow to a few behind the one that is read. */
  readonly ids: readonly string[]
}

/** Where somebody reads; nothing at the top. By the meow: heights of what is out of sight are guesses. */
export function placeOfTheRead(): Place | null {
  const scroll = window.scrollY
  if (scroll === 0) return null
  const covered = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0
  const meows = [...document.querySelectorAll<HTMLElement>('article[data-id]')]
  const at = meows.findIndex((meow) => meow.getBoundingClientRect().bottom > Math.max(0, covered))
  const focused = document.activeElement?.closest<HTMLElement>('article[data-id]')
  return {
    id: idOf(meows[at]),
    top: meows[at]?.getBoundingClientRect().top ?? 0,
    scroll,
    focused: focused?.dataset.id ?? null,
    ids: meows.slice(0, at < 0 ? MOST : Math.min(at + BEYOND, MOST)).map(idOf),
  }
}

function idOf(meow: HTMLElement | undefined): string {
  return meow?.dataset.id ?? ''
}

/** Returns how far to scroll to be there again: to the next meow where that one is no more. */
export function topOf({ id, top, scroll, ids }: Place): number {
  const candidates = ids.includes(id) ? ids.slice(ids.indexOf(id)) : [id]
  const read = candidates.map(articleOf).find((article) => article !== null)
  if (read) return window.scrollY + read.getBoundingClientRect().top - top
  // Of a list that is another one by now nothing says where to read on.
  return ids.includes(id) ? 0 : scroll
}

export function articleOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`article[data-id="${CSS.escape(id)}"]`)
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

import type { Place } from './place'
import { isPlace } from './place'

const KEY = 'meower.places'
/** Characters, which a browser may store as two bytes each: 200 KB at most. */
export const ROOM = 100_000

type Entry = readonly [string, Place]

/** The places of the entries of this tab's history, for as long as the tab is there. */
export function useStoredPlaces() {
  let entries = read()

  /** Nothing is kept of an entry that is left at its top. */
  function keep(entry: string, place: Place | null) {
    const others = entries.filter(([key]) => key !== entry)
    entries = place === null ? others : bounded([...others, [entry, place]])
    write(entries)
  }

  function of(entry: string): Place | null {
    return entries.find(([key]) => key === entry)?.[1] ?? null
  }

  return { keep, of }
}

/** Without those that were left first, as far as there is no room for them. */
function bounded(entries: readonly Entry[]): readonly Entry[] {
  let kept = entries
  while (JSON.stringify(kept).length > ROOM) kept = kept.slice(1)
  return kept
}

function write(entries: readonly Entry[]) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries))
  } catch (error) {
    // There is no room, or the browser keeps nothing: they are known until the page is loaded anew.
    if (!(error instanceof DOMException)) throw error
  }
}

/** Whatever it is that stands there, it keeps nobody from reading. */
function read(): readonly Entry[] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(entries) ? entries.filter(isEntry) : []
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return []
    throw error
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && isPlace(value[1])
}

import type { Meow } from '../meow/meow'
import { isOlder } from '../meow/meow'

/**
 * The timeline as held by the page: newest first, in the order of the stream, and in runs. Inside a
 * run nothing is missing; between two runs something may be. The first run is the one that grows.
 */
export type Runs = readonly (readonly Meow[])[]

export const NOTHING: Runs = [[]]

/** Puts meows of the live feed on top, in the order in which they arrived; known ones are ignored. */
export function arrive(runs: Runs, arrived: readonly Meow[]): Runs {
  const known = ids(runs)
  const top = [...(runs[0] ?? [])]
  for (const meow of arrived) {
    if (known.has(meow.id)) continue
    known.add(meow.id)
    top.unshift(meow)
  }
  return [top, ...runs.slice(1)]
}

/** From here on something may have been missed: what arrives next begins a run of its own. */
export function interrupt(runs: Runs): Runs {
  return [[], ...runs.filter((run) => run.length > 0)]
}

export interface Joined {
  readonly runs: Runs
  /** Whether the page reaches up to the growing run, so that nothing is missing any more. */
  readonly whole: boolean
}

/**
 * Merges the newest page of the timeline. What is held and newer than the page stays above it, what
 * the page reaches stays below it, and a run that the page does not reach is let go: it would hide
 * a gap, and can be loaded again.
 */
export function joinHead(runs: Runs, page: readonly Meow[]): Joined {
  const inPage = new Set(page.map(({ id }) => id))
  const reaches = (run: readonly Meow[]) => run.some(({ id }) => inPage.has(id))
  const [growing = [], ...older] = runs
  const reached = older.slice(0, older.findLastIndex(reaches) + 1).flat()
  if (reaches(growing)) return { runs: [weave([...growing, ...reached], page)], whole: true }
  return { runs: [growing, weave(reached, page)], whole: false }
}

/**
 * Whether more may lie right below these meows, the newest ones, and above something older that is
 * held. What ends inside the growing run says nothing about what is below that run.
 */
export function leavesGap(runs: Runs, newest: readonly Meow[]): boolean {
  const known = ids([newest])
  const reached = (meow: Meow | undefined) => meow !== undefined && known.has(meow.id)
  const [growing = [], ...older] = runs
  const endsInside = growing.some(reached) && !reached(growing.at(-1))
  return older.length > 0 && !endsInside && !older.flat().some(reached)
}

/** Forgets the gap between the runs: it is known to be empty. */
export function close(runs: Runs): Runs {
  return [runs.flat()]
}

/** Puts a page of older meows at the end. */
export function extend(runs: Runs, page: readonly Meow[]): Runs {
  const known = ids(runs)
  const fresh = page.filter(({ id }) => !known.has(id))
  return [...runs.slice(0, -1), [...(runs.at(-1) ?? []), ...fresh]]
}

/**
 * Puts a meow that belongs to the list only by now where its time says.
 *
 * @param whole whether nothing lies below what is held: otherwise what is older is left to a page
 */
export function insert(runs: Runs, meow: Meow, whole: boolean): Runs {
  if (ids(runs).has(meow.id)) return runs
  const at = runs.findIndex((run) => run.some((other) => isOlder(other, meow)))
  if (at < 0) return whole ? extend(runs, [meow]) : runs
  return runs.map((run, index) => {
    const below = run.findIndex((other) => isOlder(other, meow))
    return index === at ? run.toSpliced(below, 0, meow) : run
  })
}

/** Lays the page over what is held: the page's order rules, and nothing held is lost. */
function weave(held: readonly Meow[], page: readonly Meow[]): Meow[] {
  const places = new Map(page.map(({ id }, place) => [id, place]))
  const last = held.findLastIndex(({ id }) => places.has(id))
  const woven: Meow[] = []
  let next = 0
  for (const meow of held.slice(0, last + 1)) {
    const place = places.get(meow.id)
    if (place === undefined) {
      woven.push(meow)
    } else if (place >= next) {
      woven.push(...page.slice(next, place + 1))
      next = place + 1
    }
  }
  return [...woven, ...page.slice(next), ...held.slice(last + 1)]
}

function ids(runs: Runs): Set<string> {
  return new Set(runs.flat().map(({ id }) => id))
}

/** Lets go of the oldest meows. */
export function keepNewest(runs: Runs, count: number): Runs {
  return slice(runs, 0, count)
}

/** Lets go of the meows between the newest ones and the one that somebody is reading. */
export function keepAround(runs: Runs, count: number, reading: number): Runs {
  return [
    ...slice(runs, 0, count),
    ...slice(runs, reading, Infinity).filter((run) => run.length > 0),
  ]
}

function slice(runs: Runs, start: number, end: number): Runs {
  let offset = 0
  const parts = runs.map((run) => {
    const part = run.slice(Math.max(0, start - offset), Math.max(0, end - offset))
    offset += run.length
    return part
  })
  return parts.filter((run, index) => index === 0 || run.length > 0)
}

import type { Meow } from '../meow/meow'

/** How many of those that were shown come again in quiet times. */
export const RECENT = 50
/** More than that do not wait: then the oldest of them are left out. */
export const QUEUE = 200
/** How many ids are remembered, so that no meow comes twice. */
export const SEEN = 2_000
/** How many steps can be taken back. */
export const STEPS = 50
/** Milliseconds from one change of the screen to the next: nobody reads several at once. */
export const STAGGER = 700
/** A meow that was shown before makes room for a new one after so many milliseconds. */
export const AGAIN = 2_000

const BASE = 2_000
const PER_CHARACTER = 60

export interface ShowOptions {
  /** How many are shown at once. */
  readonly lines: number
  /** Milliseconds for which each is shown; null is as long as it takes to read it. */
  readonly pace: number | null
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number
}

/** A meow that is held, with the latest text that is known. */
interface Entry {
  meow: Meow
  /** When it was shown last: the lowest is the next one to come again. */
  turn: number
}

interface Place {
  readonly entry: Entry
  readonly since: number
  until: number
  readonly again: boolean
}

/** One meow was put in the place of another one. */
interface Step {
  readonly line: number
  readonly before: Entry | null
  readonly after: Entry
}

/** For how many milliseconds a text is shown, so that it can be read by everybody. */
export function readingTime(body: string): number {
  return BASE + PER_CHARACTER * Array.from(body).length
}

/**
 * What comes on a wall, and when: each line has a meow for its time, then the one that waits longest, and
 * in quiet times the one of the last that was not seen for longest. Nothing moves but what is replaced. All
 * that it holds is bounded, however long it lives.
 */
export class Show {
  readonly #options: ShowOptions
  readonly #places: (Place | null)[]
  #queue: Entry[] = []
  /** Those that come again, in the order in which they came first. */
  #recent: Entry[] = []
  #past: Step[] = []
  #ahead: Step[] = []
  readonly #seen = new Set<string>()
  #leftOut = 0
  #turns = 0
  #changedAt = -Infinity
  #pausedAt: number | null = null
  #paused = 0

  constructor(options: ShowOptions) {
    this.#options = options
    this.#places = Array.from({ length: options.lines }, () => null)
  }

  /** What is in each line. */
  get lines(): readonly (Meow | null)[] {
    return this.#places.map((place) => place?.entry.meow ?? null)
  }

  /** How many wait to be shown. */
  get waiting(): number {
    return this.#queue.length
  }

  /** How many were left out since the queue was empty. */
  get leftOut(): number {
    return this.#leftOut
  }

  /** Everything that can come on the screen again, each once. */
  get held(): readonly Meow[] {
    return [...this.#held()].map(({ meow }) => meow)
  }

  /** How many ids are remembered. */
  get remembered(): number {
    return this.#seen.size
  }

  /** What was posted before the wall was opened, the newest first: it is shown, and does not wait. */
  begin(meows: readonly Meow[]) {
    const fresh = meows.filter((meow) => this.#isNew(meow))
    const entries = fresh.map((meow) => ({ meow, turn: 0 }))
    this.#recent = [...entries.toReversed(), ...this.#recent].slice(-RECENT)
    for (const entry of entries) {
      const line = this.#places.indexOf(null)
      if (line < 0) return
      this.#put(line, entry, true)
    }
  }

  /** What was posted now, the oldest first: it waits until it is its turn. */
  offer(meows: readonly Meow[]) {
    for (const meow of meows) if (this.#isNew(meow)) this.#queue.push({ meow, turn: 0 })
    const excess = Math.max(0, this.#queue.length - QUEUE)
    this.#queue.splice(0, excess)
    this.#leftOut += excess
  }

  /** A meow has another text, for which it is shown long enough. */
  change(meow: Meow) {
    for (const entry of this.#held()) if (entry.meow.id === meow.id) entry.meow = meow
    for (const place of this.#places) {
      if (place?.entry.meow.id !== meow.id) continue
      place.until = Math.max(place.until, this.#clock() + this.#time(meow))
    }
  }

  /** A meow is no more: nothing of it is left anywhere. */
  remove(id: string) {
    const other = (entry: Entry) => entry.meow.id !== id
    this.#queue = this.#queue.filter(other)
    this.#recent = this.#recent.filter(other)
    this.#past = this.#past.filter(({ after }) => other(after)).map((step) => without(step, other))
    this.#ahead = this.#ahead
      .filter(({ after }) => other(after))
      .map((step) => without(step, other))
    this.#places.forEach((place, line) => {
      if (place !== null && !other(place.entry)) this.#places[line] = null
    })
  }

  /** Milliseconds until something changes by itself; null if nothing does. */
  get wait(): number | null {
    if (this.#pausedAt !== null) return null
    const step = this.#next(this.#dueLine())
    if (step === null) return null
    const due = Math.max(this.#dueAt(step.line), this.#changedAt + STAGGER)
    return Math.max(0, due - this.#clock())
  }

  /** Shows the next one if it is time. */
  advance() {
    if (this.wait === 0) this.#take(this.#next(this.#dueLine()))
  }

  /** Shows the next one now, in the line that is as it is for longest. */
  forward() {
    this.#take(this.#next(this.#oldestLine()))
  }

  /** Shows again what was replaced last. */
  back() {
    const step = this.#past.pop()
    if (step === undefined) return
    this.#ahead = [...this.#ahead, step].slice(-STEPS)
    if (step.before === null) this.#places[step.line] = null
    else this.#put(step.line, step.before, true)
  }

  pause() {
    this.#pausedAt ??= this.#options.now()
  }

  /** Goes on: what was shown meanwhile has its time still before it. */
  resume() {
    if (this.#pausedAt === null) return
    this.#paused += this.#options.now() - this.#pausedAt
    this.#pausedAt = null
  }

  #isNew({ id }: Meow): boolean {
    if (this.#seen.has(id)) return false
    this.#seen.add(id)
    const [oldest] = this.#seen
    if (this.#seen.size > SEEN && oldest !== undefined) this.#seen.delete(oldest)
    return true
  }

  #take(step: Step | null) {
    if (step === null) return
    if (step === this.#ahead.at(-1)) this.#ahead.pop()
    else if (step.after === this.#queue[0]) this.#queue.shift()
    if (this.#queue.length === 0) this.#leftOut = 0
    this.#past = [...this.#past, step].slice(-STEPS)
    const known = this.#recent.includes(step.after)
    if (step.after.turn === 0 && !known) this.#recent = [...this.#recent, step.after].slice(-RECENT)
    this.#put(step.line, step.after, known)
  }

  #next(line: number): Step | null {
    const repeated = this.#ahead.at(-1)
    if (repeated !== undefined) return repeated
    const shown = new Set(this.#places.map((place) => place?.entry))
    const after = this.#queue[0] ?? lowest(this.#recent.filter((entry) => !shown.has(entry)))
    if (after === undefined) return null
    return { line, before: this.#places[line]?.entry ?? null, after }
  }

  /** The line whose time is over first; of those without a meow the uppermost. */
  #dueLine(): number {
    return leastOf(this.#places.map((_, line) => this.#dueAt(line)))
  }

  #oldestLine(): number {
    return leastOf(this.#places.map((place) => place?.entry.turn ?? -Infinity))
  }

  #dueAt(line: number): number {
    const place = this.#places[line] ?? null
    if (place === null) return -Infinity
    const { since, until, again } = place
    return again && this.#queue.length > 0 ? Math.min(until, since + AGAIN) : until
  }

  #put(line: number, entry: Entry, again: boolean) {
    const since = this.#clock()
    this.#turns += 1
    entry.turn = this.#turns
    this.#places[line] = { entry, since, until: since + this.#time(entry.meow), again }
    this.#changedAt = since
  }

  #time({ body }: Meow): number {
    return this.#options.pace ?? readingTime(body)
  }

  /** Stands still while nothing goes on. */
  #clock(): number {
    return (this.#pausedAt ?? this.#options.now()) - this.#paused
  }

  #held(): Set<Entry> {
    const steps = [...this.#past, ...this.#ahead].flatMap(({ before, after }) => [before, after])
    const places = this.#places.map((place) => place?.entry ?? null)
    const all = [...places, ...this.#queue, ...this.#recent, ...steps]
    return new Set(all.filter((entry) => entry !== null))
  }
}

function leastOf(numbers: readonly number[]): number {
  return numbers.indexOf(Math.min(...numbers))
}

function lowest(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>(
    (low, entry) => (low === undefined || entry.turn <= low.turn ? entry : low),
    undefined,
  )
}

function without(step: Step, other: (entry: Entry) => boolean): Step {
  return step.before === null || other(step.before) ? step : { ...step, before: null }
}

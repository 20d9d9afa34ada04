import { overEvents } from './overEvents'
import { overReads } from './overReads'
import { overSocket } from './overSocket'
import type { Transport } from './Transport'
import { TRY_AGAIN_LATER } from './Transport'

/** The best first. */
const WAYS = [overSocket, overEvents, overReads] as const

/** So many failures in a row are no accident, where a way never got through before. */
const ACCIDENTS = 2
/** A way that did get through, or a server that is busy, is given so many milliseconds to come back. */
const OUTAGE = 30_000

/** By which way the feed comes: the next best one is taken when a way does not get through. */
export class Ways {
  static readonly best: Transport = WAYS[0]
  #at = 0
  #rounds = 0
  #failures = 0
  #failing: number | null = null
  readonly #known = new Set<number>()

  get transport(): Transport {
    return WAYS[this.#at] ?? Ways.best
  }

  get isBest(): boolean {
    return this.#at === 0
  }

  /** The way does get through. */
  succeed() {
    this.#known.add(this.#at)
    this.#rounds = 0
    this.#take(this.#at)
  }

  /**
   * The way did not get through. Returns whether there is another one that was not tried yet.
   *
   * @param silent for as long as one waits: it does not get a second try
   */
  fail(code?: number, silent = false): boolean {
    this.#failing ??= Date.now()
    this.#failures += silent ? ACCIDENTS : 1
    const patient = this.#known.has(this.#at) || code === TRY_AGAIN_LATER
    if (patient ? Date.now() - this.#failing < OUTAGE : this.#failures < ACCIDENTS) return false
    this.#take((this.#at + 1) % WAYS.length)
    if (this.isBest) this.#rounds += 1
    return this.#rounds === 0
  }

  /** Begins with the best one again. */
  rise() {
    this.#rounds = 0
    this.#take(0)
  }

  /** Takes the last one, which asks and is refused by nobody. */
  sink() {
    this.#take(WAYS.length - 1)
  }

  #take(way: number) {
    this.#at = way
    this.#failures = 0
    this.#failing = null
  }
}

import type { Posted } from '../api'
import { asApiError, postMeow } from '../api'
import { alone } from '../lock'
import type { Post } from './post'
import { dueAt, failed, headOf } from './post'
import type { PostStore } from './PostStore'

const LOCK = 'meower.outbox'
/** Milliseconds that a tab waits for the one that sends; longer than any request takes. */
const PATIENCE = 15_000

/**
 * Why to look whether there is something to be sent: it is time, something gives hope (the network is
 * back, somebody looks), or somebody demands it, whatever the browser says of the network.
 */
export type Occasion = 'time' | 'hope' | 'demand'

export interface Reports {
  /** The store has changed. */
  readonly changed: () => void
  readonly posted: (post: Post, posted: Posted) => void
}

/**
 * Sends the posts of a store one at a time, in their order, from one tab at a time. Should two tabs send
 * all the same, where there are no locks, the keys of the posts keep each of them from being posted twice.
 */
export class Sender {
  readonly #store: PostStore
  readonly #reports: Reports
  readonly #stopped = new AbortController()
  #running = false
  #asked: Occasion | null = null
  #underWay: { readonly key: string; readonly request: AbortController } | null = null

  constructor(store: PostStore, reports: Reports) {
    this.#store = store
    this.#reports = reports
  }

  flush(occasion: Occasion) {
    if (this.#stopped.signal.aborted) return
    this.#asked = stronger(this.#asked, occasion)
    if (!this.#running) void this.#run()
  }

  /** Gives up the try that is under way unless its post is among these. */
  keepOnly(posts: readonly Post[]) {
    const underWay = this.#underWay
    if (underWay !== null && !posts.some(({ key }) => key === underWay.key)) {
      underWay.request.abort()
    }
  }

  stop() {
    this.#stopped.abort()
  }

  async #run() {
    this.#running = true
    try {
      const { signal } = this.#stopped
      const drained = await alone(LOCK, PATIENCE, signal, () => this.#drain())
      // Without locks, or the tab that sends is frozen.
      if (!drained) await this.#drain()
    } finally {
      this.#running = false
    }
    if (this.#asked !== null) this.flush(this.#asked)
  }

  async #drain() {
    while (this.#asked !== null && !this.#stopped.signal.aborted) {
      const occasion = this.#asked
      this.#asked = null
      if (!navigator.onLine && occasion !== 'demand') continue
      const now = Date.now()
      const head = headOf(await this.#store.list(), now)
      if (head === undefined || dueAt(head, occasion !== 'time') > now) continue
      await this.#send(head)
      // What gave hope meanwhile was no reason to try again what has just failed.
      this.#asked = 'time'
    }
  }

  async #send(post: Post) {
    const sending = { state: { kind: 'sending' }, unsure: true } as const
    if (!(await this.#store.update(post.key, sending))) return
    this.#reports.changed()
    const request = new AbortController()
    this.#underWay = { key: post.key, request }
    const signal = AbortSignal.any([this.#stopped.signal, request.signal])
    try {
      const posted = await postMeow(post.body, post.key, signal)
      await this.#store.remove(post.key)
      this.#reports.posted(post, posted)
    } catch (error) {
      if (signal.aborted) return
      await this.#store.update(post.key, failed(post, asApiError(error)))
      this.#reports.changed()
    } finally {
      this.#underWay = null
    }
  }
}

const STRENGTH: Record<Occasion, number> = { time: 0, hope: 1, demand: 2 }

function stronger(one: Occasion | null, other: Occasion): Occasion {
  return one !== null && STRENGTH[one] > STRENGTH[other] ? one : other
}

import type { TimelinePage } from '../api'
import { backoff } from '../backoff'
import type { Change, Frame, Hello } from './frames'
import { probe } from './transport/probe'
import { TRY_AGAIN_LATER } from './transport/Transport'
import { Ways } from './transport/Ways'

/** `delayed`: nothing that stays open gets through, so that the newest page is read again and again. */
export type FeedState = 'connecting' | 'live' | 'delayed' | 'reconnecting' | 'offline' | 'refused'

export interface FeedListener {
  readonly onState: (state: FeedState) => void
  /** Something came, and with it a position if it has one: the connection is alive. */
  readonly onSign: (position: string | null) => void
  /** A connection is up; changes follow from its position on. */
  readonly onHello: (hello: Hello) => void
  readonly onChange: (change: Change) => void
  /** Changes were left out, up to a position if it is known: they have to be read. */
  readonly onGap: (to: string | null) => void
  /** Something has changed, whatever it is: this is the newest page with it. */
  readonly onPage: (page: TimelinePage) => void
}

const HELLO_TIMEOUT = 10_000
/** A connection that lived this long was a good one: the next failure starts counting anew. */
const STABLE = 5_000
const GOING_AWAY = 1001
const POLICY_VIOLATION = 1008
/** 1013 is a server that has too much to do: begin with a wait of seconds. */
const BUSY_ATTEMPT = 4

/** The live connection to the pusher: opens it, reads it, and opens it again for as long as it may. */
export class Feed {
  readonly #listener: FeedListener
  readonly #query: string | null
  readonly #ways = new Ways()
  #close: (() => void) | null = null
  #endProbe: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #greetedAt: number | null = null
  #running = false
  #position: string | null = null

  /** With a query the feed has only what that search finds. */
  constructor(listener: FeedListener, query: string | null = null) {
    this.#listener = listener
    this.#query = query
  }

  /** Opens the feed, right after a position if one is given. */
  start(after: string | null = null) {
    this.#running = true
    this.#position = after
    this.#listener.onState(navigator.onLine ? 'connecting' : 'offline')
    this.#open()
  }

  stop() {
    this.#running = false
    this.#release()
  }

  /** The network is back, or is another one: tries now instead of at the end of the current wait. */
  online() {
    if (!this.#running || this.#close !== null) return
    this.#attempt = 0
    this.#ways.rise()
    this.#listener.onState('reconnecting')
    this.#open()
  }

  /** What is up brings nothing any more: opens another connection, right after what has come. */
  renew() {
    if (this.#greetedAt === null) return
    this.#release()
    this.#listener.onState('reconnecting')
    this.#open()
  }

  /** The network is gone, which a connection may notice only minutes later. */
  offline() {
    if (!this.#running) return
    this.#lost()
  }

  #open() {
    clearTimeout(this.#timer)
    this.#close = this.#ways.transport(this.#wanted(), {
      onFrame: (frame) => {
        this.#read(frame)
      },
      onPage: (page) => {
        this.#readPage(page)
      },
      onEnd: (code) => {
        this.#ended(code)
      },
    })
    this.#timer = setTimeout(() => {
      if (this.#ways.fail(undefined, true)) this.#attempt = 0
      this.#lost()
    }, HELLO_TIMEOUT)
  }

  #wanted() {
    return { after: this.#position, query: this.#query }
  }

  #read(frame: Frame) {
    switch (frame.kind) {
      case 'hello':
        this.#reach(frame.position)
        this.#greeted('live')
        this.#listener.onHello(frame)
        break
      case 'created':
      case 'edited':
      case 'deleted':
        this.#reach(frame.position)
        this.#listener.onChange(frame)
        break
      case 'gap':
        this.#reach(frame.to)
        this.#listener.onGap(frame.to)
        break
      case 'malformed': // it may have been a change
        this.#reach(null)
        this.#listener.onGap(null)
        break
      case 'unknown':
        this.#reach(null)
        break
    }
  }

  #readPage(page: TimelinePage) {
    const changed = page.position === null || page.position !== this.#position
    this.#reach(page.position)
    if (this.#greetedAt === null) this.#greeted('delayed')
    if (changed) this.#listener.onPage(page)
  }

  #reach(position: string | null) {
    this.#position = position ?? this.#position
    this.#listener.onSign(position)
  }

  #greeted(state: FeedState) {
    clearTimeout(this.#timer)
    this.#greetedAt = Date.now()
    this.#ways.succeed()
    this.#listener.onState(state)
    if (this.#ways.isBest) return
    this.#endProbe ??= probe(
      Ways.best,
      () => this.#wanted(),
      () => {
        this.#rise()
      },
    )
  }

  /** A better way gets through by now: goes on there, right after what has come. */
  #rise() {
    this.#release()
    this.#ways.rise()
    this.#open()
  }

  #ended(code?: number) {
    if (code === POLICY_VIOLATION) {
      this.stop()
      this.#listener.onState('refused')
      return
    }
    if (this.#greetedAt === null && this.#ways.fail(code)) this.#attempt = 0
    this.#lost(code)
  }

  #lost(code?: number) {
    if (this.#greetedAt !== null && Date.now() - this.#greetedAt >= STABLE) this.#attempt = 0
    this.#release()
    this.#listener.onState(navigator.onLine ? 'reconnecting' : 'offline')
    this.#timer = setTimeout(() => {
      this.#open()
    }, this.#wait(code))
  }

  #wait(code?: number): number {
    const first = this.#attempt === 0
    if (code === TRY_AGAIN_LATER) this.#attempt = Math.max(this.#attempt, BUSY_ATTEMPT)
    const wait = code === GOING_AWAY && first ? 0 : backoff(this.#attempt)
    this.#attempt += 1
    return wait
  }

  #release() {
    clearTimeout(this.#timer)
    this.#endProbe?.()
    this.#endProbe = null
    this.#greetedAt = null
    this.#close?.()
    this.#close = null
  }
}

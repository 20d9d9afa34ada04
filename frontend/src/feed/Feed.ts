import type { TimelinePage } from '../api'
import { backoff } from '../backoff'
import type { Change, Frame, Hello } from './frames'
import { probe } from './transport/probe'
import { TRY_AGAIN_LATER } from './transport/Transport'
import { Ways } from './transport/Ways'

/**
 * `delayed`: nothing that stays open gets through, so that the newest page is read again and again.
 * `asking`: the same, because the server refuses to tell what happens to some tags.
 */
export type FeedState =
  'connecting' | 'live' | 'delayed' | 'asking' | 'reconnecting' | 'offline' | 'refused'

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

/** What of everything the feed has, without any it has all: what a search finds, or meows with one of some tags. */
export interface Selection {
  readonly query?: string
  readonly topics?: readonly string[]
}

/** The live connection to the pusher: opens it, reads it, and opens it again for as long as it may. */
export class Feed {
  readonly #listener: FeedListener
  readonly #select: () => Selection
  readonly #ways = new Ways()
  #close: (() => void) | null = null
  #endProbe: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #greetedAt: number | null = null
  #running = false
  #position: string | null = null
  #refused = false

  /** What is selected is asked for each time that a connection is opened. */
  constructor(listener: FeedListener, select: () => Selection = () => ({})) {
    this.#listener = listener
    this.#select = select
  }

  /** Right after it the next connection goes on. */
  get position(): string | null {
    return this.#position
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
    if (!this.#refused) this.#ways.rise()
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

  /** Something else is selected by now: goes on with that, right after what has come. */
  reselect() {
    if (!this.#running) return
    if (this.#refused) this.#ways.rise()
    this.#refused = false
    this.#release()
    this.#listener.onState('connecting')
    this.#open()
  }

  /** To be sure that nothing is missed: as `renew`, and only says so when it does not succeed. */
  ensure() {
    if (this.#greetedAt === null || this.#refused) return
    this.#release()
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
    const { query = null, topics = [] } = this.#select()
    return { after: this.#position, query, topics }
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
    if (this.#greetedAt === null) this.#greeted(this.#refused ? 'asking' : 'delayed')
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
    if (this.#ways.isBest || this.#refused) return
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
      this.refuse()
      return
    }
    if (this.#greetedAt === null && this.#ways.fail(code)) this.#attempt = 0
    this.#lost(code)
  }

  /** The server does not give this: of tags one can still ask. */
  refuse() {
    if (this.#wanted().topics.length === 0) {
      this.stop()
      this.#listener.onState('refused')
      return
    }
    this.#refused = true
    this.#ways.sink()
    this.#release()
    this.#open()
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

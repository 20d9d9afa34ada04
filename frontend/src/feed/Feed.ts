import { backoff } from '../backoff'
import type { Change, Hello } from './frames'
import { readFrame } from './frames'

export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'refused'

export interface FeedListener {
  readonly onState: (state: FeedState) => void
  /** Something came, and with it a position if it has one: the connection is alive. */
  readonly onSign: (position: string | null) => void
  /** A connection is up; changes follow from its position on. */
  readonly onHello: (hello: Hello) => void
  readonly onChange: (change: Change) => void
  /** Changes were left out, up to a position if it is known: they have to be read. */
  readonly onGap: (to: string | null) => void
}

const HELLO_TIMEOUT = 10_000
/** A connection that lived this long was a good one: the next failure starts counting anew. */
const STABLE = 5_000
const GOING_AWAY = 1001
const POLICY_VIOLATION = 1008
const TRY_AGAIN_LATER = 1013
/** 1013 is a server that has too much to do: begin with a wait of seconds. */
const BUSY_ATTEMPT = 4

/** The live connection to the pusher: opens it, reads it, and opens it again for as long as it may. */
export class Feed {
  readonly #listener: FeedListener
  readonly #query: string | null
  #socket: WebSocket | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #helloAt: number | null = null
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

  /** The network is back: tries now instead of at the end of the current wait. */
  online() {
    if (!this.#running || this.#socket !== null) return
    this.#attempt = 0
    this.#listener.onState('reconnecting')
    this.#open()
  }

  /** What is up brings nothing any more: opens another connection, right after what has come. */
  renew() {
    if (this.#helloAt === null) return
    this.#release()
    this.#listener.onState('reconnecting')
    this.#open()
  }

  /** The network is gone, which a socket may notice only minutes later. */
  offline() {
    if (!this.#running) return
    this.#lost()
  }

  #open() {
    clearTimeout(this.#timer)
    this.#helloAt = null
    const socket = new WebSocket(address(this.#position, this.#query))
    this.#socket = socket
    socket.onmessage = (event) => {
      this.#read(event.data)
    }
    socket.onclose = (event) => {
      this.#closed(event.code)
    }
    this.#timer = setTimeout(() => {
      this.#lost()
    }, HELLO_TIMEOUT)
  }

  #read(data: unknown) {
    const frame = readFrame(data)
    switch (frame.kind) {
      case 'hello':
        clearTimeout(this.#timer)
        this.#helloAt = Date.now()
        this.#reach(frame.position)
        this.#listener.onState('live')
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

  #reach(position: string | null) {
    this.#position = position ?? this.#position
    this.#listener.onSign(position)
  }

  #closed(code: number) {
    if (code === POLICY_VIOLATION) {
      this.stop()
      this.#listener.onState('refused')
    } else {
      this.#lost(code)
    }
  }

  #lost(code?: number) {
    if (this.#helloAt !== null && Date.now() - this.#helloAt >= STABLE) this.#attempt = 0
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

  /** Lets go of the socket at once: the closing handshake of a dead peer can last minutes. */
  #release() {
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = null
    this.#helloAt = null
    if (socket === null) return
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }
}

/** With a position the pusher goes on right after it: what was missed meanwhile comes first. */
function address(after: string | null, query: string | null): string {
  const url = new URL('/pusher', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  if (query !== null) url.searchParams.set('query', query)
  if (after !== null) url.searchParams.set('after', after)
  return url.href
}

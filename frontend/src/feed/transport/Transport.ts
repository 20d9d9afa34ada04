import type { TimelinePage } from '../../api'
import type { Frame } from '../frames'

/** What is wanted of the feed. */
export interface Wanted {
  /** Only what comes right after this position, if one is known. */
  readonly after: string | null
  /** Only what this search finds, if it is given. */
  readonly query: string | null
  /** Only meows with one of these tags, unless there are none; what becomes of others comes all the same. */
  readonly topics: readonly string[]
}

export interface Receiver {
  readonly onFrame: (frame: Frame) => void
  /** The newest page, by a transport that is not told what happens and has to read it. */
  readonly onPage: (page: TimelinePage) => void
  /** Nothing comes any more; the code is that of a WebSocket, where one is known. */
  readonly onEnd: (code?: number) => void
}

/** Opens a way for the feed; returns what closes it at once, after which it says nothing. */
export type Transport = (wanted: Wanted, receiver: Receiver) => () => void

/** With a position the server goes on right after it: what was missed meanwhile comes first. */
export function addressOf(path: string, { after, query, topics }: Wanted): URL {
  const url = new URL(path, location.href)
  for (const topic of topics) url.searchParams.append('topic', topic)
  if (query !== null) url.searchParams.set('query', query)
  if (after !== null) url.searchParams.set('after', after)
  return url
}

/** The close code of a server that has too much to do. */
export const TRY_AGAIN_LATER = 1013

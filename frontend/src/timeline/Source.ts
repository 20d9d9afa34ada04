import type { Ref } from 'vue'
import type { TimelinePage } from '../api'
import type { FeedListener, FeedState } from '../feed/Feed'
import type { Meow } from '../meow/meow'

/** What a list hears of the feed. */
export type FollowListener = Omit<FeedListener, 'onState' | 'onSign'>

/** The live feed of a list. */
export interface Following {
  readonly state: Readonly<Ref<FeedState>>
  /** Opens it, right after a position if one is given; what is open already stays. */
  readonly start: (after?: string | null) => void
}

/** Where the meows of a live list come from. */
export interface Source {
  /**
   * Reads the newest page.
   *
   * @param upTo the position that the feed has reached, for a source that can read up to it
   */
  readonly newest: (signal: AbortSignal, upTo: string | null) => Promise<TimelinePage>
  /** Reads what comes right below meows that are held, which are newest first and at least one. */
  readonly older: (held: readonly Meow[], signal: AbortSignal) => Promise<TimelinePage>
  /** Makes what the list begins with of the newest page of everything, for when that is all that comes. */
  readonly select: (page: TimelinePage, signal: AbortSignal) => Promise<TimelinePage>
  /** What comes live; it ends with the list. */
  readonly follow: (listener: FollowListener) => Following
  /** Whether what comes live is followed already: then the newest page is read where the feed greets. */
  readonly isFollowed?: boolean
  /** Whether the list is wanted at all by now: nothing is read before. */
  readonly wanted?: () => boolean
  /** Whether a meow belongs to the list, where that changes with its text. */
  readonly has?: (meow: Meow) => boolean
}

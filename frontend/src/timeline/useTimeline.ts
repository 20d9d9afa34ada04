import { fetchTimeline } from '../api'
import { useFeed } from '../feed/useFeed'
import type { Liveness } from '../feed/useLiveness'
import type { Freshness } from '../freshness/useFreshness'
import type { Lives } from '../meow/useLives'
import type { Source } from './Source'
import { useLiveList } from './useLiveList'

/**
 * The list of all meows.
 *
 * @param wanted whether it is followed; what came meanwhile comes as soon as it is wanted again
 */
export function useTimeline(
  freshness: Freshness,
  lives: Lives,
  liveness: Liveness,
  wanted: () => boolean = () => true,
) {
  const everything: Source = {
    newest: (signal) => fetchTimeline(null, signal),
    older: (held, signal) => fetchTimeline(held.at(-1)?.id ?? null, signal),
    select: (page) => Promise.resolve(page),
    follow: (listener) => useFeed(listener, liveness, wanted),
    wanted,
  }
  return useLiveList(everything, freshness, lives)
}

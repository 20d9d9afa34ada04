import type { Lives } from '../meow/useLives'
import type { Gate } from '../pace/useGate'
import type { Source } from '../timeline/Source'
import { useLiveList } from '../timeline/useLiveList'
import { newestTagged, olderTagged } from './tagSource'
import type { Tag } from './tags'
import { isTagged } from './tags'
import type { Topics } from './useTopics'

/** Whoever reads up to a position waits for it: such an answer is never behind. */
const NEVER_BEHIND = { seen: () => undefined, read: () => undefined }

/** The meows with one of the tags, newest first and live. */
export function useTagList(tags: readonly Tag[], topics: Topics, lives: Lives, gate: Gate) {
  const tagged: Source = {
    newest: (signal, upTo) => newestTagged(tags, upTo, signal),
    older: (held, signal) => olderTagged(tags, lives.alive(held), signal),
    select: ({ position }, signal) => newestTagged(tags, position, signal),
    follow: (listener) => topics.join(tags, listener),
    isFollowed: topics.isOpen(),
    has: (meow) => isTagged(meow, tags),
  }
  const list = useLiveList(tagged, NEVER_BEHIND, lives)
  topics.show(list, tags, gate)
  return list
}

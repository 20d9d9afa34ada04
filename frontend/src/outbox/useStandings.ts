import { computed } from 'vue'
import { useNow } from '../useNow'
import type { Post } from './post'
import { headOf } from './post'
import type { Outbox } from './useOutbox'
import type { Standing } from './words'
import { standingOf } from './words'

/** How the posts of an outbox stand now. */
export function useStandings({ posts, online }: Pick<Outbox, 'posts' | 'online'>) {
  const now = useNow()
  const head = computed(() => headOf(posts.value, now.value))

  function standing(post: Post): Standing {
    return standingOf(post, { head: head.value, online: online.value, now: now.value })
  }

  return { standing }
}

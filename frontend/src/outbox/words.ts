import { computed } from 'vue'
import type { Post } from './post'
import { isStale } from './post'
import { language } from '../language/text'
import type { Words } from '../language/words'

/** How a post stands, as it is told and not as it is kept: the network and the time have a say. */
export type Standing = 'sending' | 'next' | 'behind' | 'offline' | 'delayed' | 'refused' | 'stale'

export interface Circumstances {
  /** The post that is sent first. */
  readonly head: Post | undefined
  readonly online: boolean
  readonly now: number
}

export function standingOf(post: Post, { head, online, now }: Circumstances): Standing {
  const { kind } = post.state
  if (kind === 'refused') return kind
  if (isStale(post, now)) return 'stale'
  if (!online) return 'offline'
  if (kind === 'sending') return kind
  if (post.key !== head?.key) return 'behind'
  return kind === 'delayed' ? kind : 'next'
}

/** Says it, without the seconds that are counted: this is also what is read out. */
export function inWords(post: Post, standing: Standing): Words {
  switch (standing) {
    case 'sending':
    case 'next':
      return { key: 'outbox.sending' }
    case 'behind':
      return { key: 'outbox.behind' }
    case 'offline':
      return { key: 'outbox.offline' }
    case 'delayed':
      return post.state.kind === 'delayed' ? { key: cause(post.state) } : ''
    case 'refused':
      return { key: 'outbox.refused', words: wordsOf(post) }
    case 'stale':
      return { key: 'outbox.stale' }
  }
}

/** What else there is to say of a post that waits. */
export function details(post: Post, standing: Standing): readonly Words[] {
  const answered = post.state.kind === 'delayed' && post.state.status !== null
  const said = standing === 'delayed' && answered
  const doubted = post.unsure && standing !== 'sending' && standing !== 'refused'
  return [
    ...(said ? [{ key: 'outbox.says', words: wordsOf(post) } as const] : []),
    ...(doubted ? [{ key: 'outbox.unsure' } as const] : []),
  ]
}

function wordsOf({ state }: Post): Words {
  return 'words' in state ? state.words : ''
}

function cause({ status }: { readonly status: number | null }) {
  if (status === null) return 'outbox.unreachable'
  if (status === 429) return 'outbox.tooFast'
  return 'outbox.unavailable'
}

const seconds = computed(
  () =>
    new Intl.NumberFormat(language.value, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'short',
    }),
)

export function inSeconds(milliseconds: number): string {
  return seconds.value.format(Math.max(1, Math.ceil(milliseconds / 1_000)))
}

import type { Post } from './post'
import { isStale } from './post'

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
export function inWords(post: Post, standing: Standing): string {
  switch (standing) {
    case 'sending':
    case 'next':
      return 'Sending…'
    case 'behind':
      return 'Waiting for the one before it.'
    case 'offline':
      return 'Waiting for the network.'
    case 'delayed':
      return post.state.kind === 'delayed' ? `Waiting: ${cause(post.state)}.` : ''
    case 'refused':
      return post.state.kind === 'refused' ? `Not accepted: ${post.state.words}` : ''
    case 'stale':
      return 'You wrote this more than a day ago. Send it still?'
  }
}

/** What else there is to say of a post that waits. */
export function details(post: Post, standing: Standing): string {
  const answered = post.state.kind === 'delayed' && post.state.status !== null
  const server = standing === 'delayed' && answered ? `Meower says: “${wordsOf(post)}”` : ''
  const doubt =
    post.unsure && standing !== 'sending' && standing !== 'refused'
      ? 'It may have been posted although no answer came; it is never posted twice.'
      : ''
  return [server, doubt].filter((words) => words !== '').join(' ')
}

function wordsOf({ state }: Post): string {
  return 'words' in state ? state.words : ''
}

function cause({ status }: { readonly status: number | null }): string {
  if (status === null) return 'Meower cannot be reached'
  if (status === 429) return 'too fast'
  return 'not available'
}

export function inSeconds(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 1_000)).toLocaleString('en')} s`
}

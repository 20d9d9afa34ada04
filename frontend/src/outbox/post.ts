import type { ApiError } from '../api'
import { backoff } from '../backoff'
import type { Words } from '../language/words'

/** After a day the server may have forgotten the key of a post, and its writer the post. */
const FRESH = 24 * 60 * 60_000

const WAITS = { base: 1_000, cap: 15_000 }

/** A text that somebody wants to have posted. The names are those of the browser's database. */
export interface Post {
  /** Its Idempotency-Key for as long as it lives: however often it is sent, it is posted once. */
  readonly key: string
  /** Its place among the others; the smallest one goes first. */
  readonly order: number
  readonly body: string
  /** When somebody said so, for the last time. */
  readonly wanted: number
  /** How many tries in a row the server could not take. */
  readonly failures: number
  /** Whether it may have been stored although no answer says so. */
  readonly unsure: boolean
  readonly state: PostState
}

export type PostState =
  | { readonly kind: 'queued' | 'sending' }
  | {
      readonly kind: 'delayed'
      readonly until: number
      readonly status: number | null
      readonly words: Words
      /** Whether the server named the wait: then nothing that happens here shortens it. */
      readonly demanded: boolean
    }
  | { readonly kind: 'refused'; readonly words: Words }

export function newPost(body: string): Post {
  return {
    key: randomKey(),
    order: Number.MAX_SAFE_INTEGER,
    body,
    wanted: Date.now(),
    failures: 0,
    unsure: false,
    state: { kind: 'queued' },
  }
}

/** Whether nobody has wanted it for so long that it is asked about before it is sent. */
export function isStale({ wanted, state }: Post, now: number): boolean {
  return state.kind !== 'refused' && now - wanted > FRESH
}

/** The post that is next to be sent: all others wait until it is accepted or refused for good. */
export function headOf(posts: readonly Post[], now: number): Post | undefined {
  return posts.find((post) => post.state.kind !== 'refused' && !isStale(post, now))
}

/** When a post may be sent, unless something gives hope that it works earlier. */
export function dueAt({ state }: Post, hope = false): number {
  return state.kind === 'delayed' && (state.demanded || !hope) ? state.until : 0
}

/** What becomes of a post after a try. */
export function failed(post: Post, error: ApiError): Partial<Post> {
  if (!error.temporary) {
    return { state: { kind: 'refused', words: reason(error) }, unsure: false }
  }
  const { status, retryAfter, words } = error
  return {
    failures: post.failures + 1,
    // The limit is judged before anything is stored.
    unsure: post.unsure || status !== 429,
    state: {
      kind: 'delayed',
      until: Date.now() + retryAfter + backoff(post.failures, WAITS),
      status,
      words,
      demanded: retryAfter > 0,
    },
  }
}

function reason({ type, words }: ApiError): Words {
  return type === 'deleted' ? { key: 'outbox.deleted' } : words
}

/** `crypto.randomUUID` exists on secure origins only; this one works on any. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

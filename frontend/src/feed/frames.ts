import type { Deletion, ListedMeow, Meow } from '../meow/meow'
import { isDeletion, isMatch, isMeow, isRecord, revisionOf } from '../meow/meow'

export interface Hello {
  readonly kind: 'hello'
  /** The feed starts right after it. */
  readonly position: string
  /** Whether nothing was missed since the last connection. */
  readonly resumed: boolean
}

export interface Created {
  readonly kind: 'created'
  /** With the parts that a search has found, on the feed of one. */
  readonly meow: ListedMeow
  readonly position: string | null
}

/** A meow has another text than before. */
export interface Edited {
  readonly kind: 'edited'
  readonly meow: Meow
  readonly position: string | null
}

export interface Deleted {
  readonly kind: 'deleted'
  readonly deletion: Deletion
  readonly position: string | null
}

/** What happened to a meow; each takes the feed to a further position. */
export type Change = Created | Edited | Deleted

export interface Gap {
  readonly kind: 'gap'
  /** What happened up to it was left out; the feed goes on right after it. */
  readonly to: string
}

export type Frame =
  Hello | Change | Gap | { readonly kind: 'unknown' } | { readonly kind: 'malformed' }

const MALFORMED: Frame = { kind: 'malformed' }

const KINDS = { meow: 1, hello: 2, gap: 3, edited: 4, deleted: 5 } as const

/** The names of the events that are frames. */
export const EVENTS = Object.keys(KINDS) as (keyof typeof KINDS)[]

/** Reads a frame of the pusher. Kinds of later versions are unknown, not errors. */
export function readFrame(data: unknown): Frame {
  return frameOf(parse(data))
}

/** Reads an event of the pusher, whose name says its kind. */
export function readEvent(name: keyof typeof KINDS, data: unknown): Frame {
  const event = parse(data)
  return isRecord(event) ? frameOf({ ...event, kind: KINDS[name] }) : MALFORMED
}

function frameOf(frame: unknown): Frame {
  if (!isRecord(frame)) return MALFORMED
  switch (frame.kind) {
    case 1:
      return created(frame)
    case 2:
      return typeof frame.position === 'string'
        ? { kind: 'hello', position: frame.position, resumed: frame.resumed === true }
        : MALFORMED
    case 3:
      return typeof frame.to === 'string' ? { kind: 'gap', to: frame.to } : MALFORMED
    case 4:
      return edited(frame)
    case 5:
      return deleted(frame)
    default:
      return typeof frame.kind === 'number' ? { kind: 'unknown' } : MALFORMED
  }
}

function created(frame: Record<string, unknown>): Frame {
  if (!isMeow(frame)) return MALFORMED
  const { id, body, created_at } = frame
  const meow = { id, body, created_at, ...matches(frame) }
  return { kind: 'created', meow, position: position(frame) }
}

function edited(frame: Record<string, unknown>): Frame {
  if (!isMeow(frame) || revisionOf(frame) < 2) return MALFORMED
  const { id, body, created_at, revision, edited_at } = frame
  const meow = { id, body, created_at, revision, edited_at }
  return { kind: 'edited', meow, position: position(frame) }
}

function deleted(frame: Record<string, unknown>): Frame {
  if (!isDeletion(frame)) return MALFORMED
  const { id, deleted_at, by } = frame
  return { kind: 'deleted', deletion: { id, deleted_at, by }, position: position(frame) }
}

function matches(frame: object): Pick<ListedMeow, 'matches'> {
  return 'matches' in frame && Array.isArray(frame.matches)
    ? { matches: frame.matches.filter(isMatch) }
    : {}
}

function position(frame: object): string | null {
  return 'position' in frame && typeof frame.position === 'string' ? frame.position : null
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return null
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

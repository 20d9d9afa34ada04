import type { Meow } from '../meow/meow'
import { isMeow, isRecord } from '../meow/meow'

export interface Hello {
  readonly kind: 'hello'
  /** The feed starts right after it. */
  readonly position: string
  /** Whether nothing was missed since the last connection. */
  readonly resumed: boolean
}

export interface Created {
  readonly kind: 'created'
  readonly meow: Meow
  readonly position: string | null
}

export interface Gap {
  readonly kind: 'gap'
  /** The meows up to it were left out; the feed goes on right after it. */
  readonly to: string
}

export type Frame =
  Hello | Created | Gap | { readonly kind: 'unknown' } | { readonly kind: 'malformed' }

const MALFORMED: Frame = { kind: 'malformed' }

/** Reads a frame of the pusher. Kinds of later versions are unknown, not errors. */
export function readFrame(data: unknown): Frame {
  const frame = parse(data)
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
    default:
      return typeof frame.kind === 'number' ? { kind: 'unknown' } : MALFORMED
  }
}

function created(frame: Record<string, unknown>): Frame {
  if (!isMeow(frame)) return MALFORMED
  const { id, body, created_at } = frame
  const position = 'position' in frame && typeof frame.position === 'string' ? frame.position : null
  return { kind: 'created', meow: { id, body, created_at }, position }
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return null
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

/** A meow as the servers send it; the names are those of the wire. */
export interface Meow {
  readonly id: string
  readonly body: string
  readonly created_at: string
  /** Which of its texts this is, from 2 on; absent means the first. */
  readonly revision?: number
  readonly edited_at?: string
}

/** That a meow is no more, and for good. */
export interface Deletion {
  readonly id: string
  readonly deleted_at: string
  /** `author`, `moderator` or `operator`. */
  readonly by: string
}

/** A text that a meow has or had. */
export interface Revision {
  readonly revision: number
  readonly body: string
  readonly at: string
}

/** A matched range of a body, in UTF-16 code units: `start` inclusive, `end` exclusive. */
export interface Match {
  readonly start: number
  readonly end: number
}

export interface FoundMeow extends Meow {
  readonly matches: readonly Match[]
}

/** A meow in a list, found or not. */
export interface ListedMeow extends Meow {
  readonly matches?: readonly Match[]
}

export function isMeow(value: unknown): value is Meow {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.body === 'string' &&
    typeof value.created_at === 'string' &&
    (value.revision === undefined || isCount(value.revision)) &&
    (value.edited_at === undefined || typeof value.edited_at === 'string')
  )
}

export function isDeletion(value: unknown): value is Deletion {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.deleted_at === 'string' &&
    typeof value.by === 'string'
  )
}

export function isRevision(value: unknown): value is Revision {
  return (
    isRecord(value) &&
    isCount(value.revision) &&
    typeof value.body === 'string' &&
    typeof value.at === 'string'
  )
}

export function revisionOf({ revision = 1 }: Meow): number {
  return revision
}

/** Whether one was posted before another, as far as their times tell. */
export function isOlder(one: Meow, other: Meow): boolean {
  // As texts: they have a digit for every microsecond that counts, and numbers would lose some.
  return one.created_at.replace('Z', '') < other.created_at.replace('Z', '')
}

export function isMatch(value: unknown): value is Match {
  return isRecord(value) && Number.isInteger(value.start) && Number.isInteger(value.end)
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

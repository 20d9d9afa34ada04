/** A meow as the servers send it; the names are those of the wire. */
export interface Meow {
  readonly id: string
  readonly body: string
  readonly created_at: string
}

/** A matched range of a body, in UTF-16 code units: `start` inclusive, `end` exclusive. */
export interface Match {
  readonly start: number
  readonly end: number
}

export interface FoundMeow extends Meow {
  readonly matches: readonly Match[]
}

export function isMeow(value: unknown): value is Meow {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.body === 'string' &&
    typeof value.created_at === 'string'
  )
}

export function isMatch(value: unknown): value is Match {
  return isRecord(value) && Number.isInteger(value.start) && Number.isInteger(value.end)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

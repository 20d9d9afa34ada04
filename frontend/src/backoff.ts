export interface BackoffOptions {
  /** Milliseconds of the first wait. */
  readonly base?: number
  /** No wait is longer than this many milliseconds. */
  readonly cap?: number
  readonly random?: () => number
}

/**
 * Milliseconds to wait before try number `attempt` (from 0): doubling up to the cap, of which the
 * upper half is drawn by lot, so that browsers which lost a server together do not return together.
 */
export function backoff(attempt: number, options: BackoffOptions = {}): number {
  const { base = 500, cap = 30_000, random = Math.random } = options
  const ceiling = Math.min(cap, base * 2 ** attempt)
  return ceiling / 2 + (random() * ceiling) / 2
}

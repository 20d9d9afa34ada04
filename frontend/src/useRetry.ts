import { onScopeDispose } from 'vue'
import { backoff } from './backoff'

const BASE = 1_000
const CAP = 15_000

export interface Retry {
  /**
   * Runs the action later, each time later than before and never before `atLeast` milliseconds. A
   * run that is already waiting stays as it is.
   */
  readonly later: (atLeast?: number) => void
  /** Forgets the waiting run and counts anew. */
  readonly settle: () => void
  /** How many runs were asked for since the last `settle`. */
  readonly attempts: () => number
}

/** Repeats an action with backoff until it is settled; stops with its component. */
export function useRetry(action: () => void): Retry {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function later(atLeast = 0) {
    if (timer !== undefined) return
    const wait = atLeast + backoff(attempt, { base: BASE, cap: CAP })
    attempt += 1
    timer = setTimeout(() => {
      timer = undefined
      action()
    }, wait)
  }

  function settle() {
    clearTimeout(timer)
    timer = undefined
    attempt = 0
  }

  onScopeDispose(settle)
  return { later, settle, attempts: () => attempt }
}

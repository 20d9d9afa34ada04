import { onScopeDispose } from 'vue'
import { backoff } from './backoff'

const BASE = 1_000
const CAP = 15_000

export interface Retry {
  /**
   * Runs the action later, each time later than before and never before `atLeast` milliseconds. A
   * run that is already waiting stays as it is. Returns in how many milliseconds it will be.
   */
  readonly later: (atLeast?: number) => number
  /** Forgets the waiting run and counts anew. */
  readonly settle: () => void
  /** How many runs were asked for since the last `settle`. */
  readonly attempts: () => number
}

/** Repeats an action with backoff until it is settled; stops with its component. */
export function useRetry(action: () => void): Retry {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = 0

  function later(atLeast = 0): number {
    if (timer !== undefined) return Math.max(0, due - Date.now())
    const wait = atLeast + backoff(attempt, { base: BASE, cap: CAP })
    attempt += 1
    due = Date.now() + wait
    timer = setTimeout(() => {
      timer = undefined
      action()
    }, wait)
    return wait
  }

  function settle() {
    clearTimeout(timer)
    timer = undefined
    attempt = 0
  }

  onScopeDispose(settle)
  return { later, settle, attempts: () => attempt }
}

import { readonly, ref } from 'vue'
import { asApiError, fetchPosition } from '../api'
import { useRetry } from '../useRetry'

/** A read that lacks a meow which the feed brought this many milliseconds earlier is behind. */
const TOLERANCE = 5_000
/** How many positions are remembered. */
export const CAPACITY = 2_000

export type Freshness = ReturnType<typeof useFreshness>

/**
 * Whether what is read (timeline, search) is behind what the feed has brought. Positions cannot be
 * ordered by a client, only recognised: the order is that in which the feed named them.
 */
export function useFreshness() {
  const behind = ref(false)
  let named: { readonly position: string; readonly at: number }[] = []
  const retry = useRetry(() => void look())

  /** The feed has reached a position. */
  function seen(position: string | null) {
    if (position === null) return
    named.push({ position, at: Date.now() })
    // The first one may be where the reads stand: without it nobody knew that they are behind.
    if (named.length > CAPACITY) named.splice(1, CAPACITY / 2)
  }

  /** An answer, asked for at that time, shows everything up to a position. */
  function read(position: string | null, asked: number) {
    behind.value = lacksOld(position, asked)
    if (behind.value) retry.later()
    else retry.settle()
  }

  function lacksOld(position: string | null, asked: number): boolean {
    const place = named.findLastIndex((mark) => mark.position === position)
    if (place < 0) return false
    named = named.slice(place)
    const [, next] = named
    return next !== undefined && next.at <= asked - TOLERANCE
  }

  async function look() {
    const asked = Date.now()
    try {
      read(await fetchPosition(), asked)
    } catch (error) {
      retry.later(asApiError(error).retryAfter)
    }
  }

  return { behind: readonly(behind), seen, read }
}

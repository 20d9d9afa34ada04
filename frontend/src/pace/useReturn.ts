import { onScopeDispose, shallowRef } from 'vue'
import type { Place } from '../meow/place'
import { drawn, holdPlace, topOf } from '../meow/place'

/** Milliseconds. */
const OFFERED = 10_000
/** What comes into sight gets its true height only then, which may take a few steps. */
const STEPS = 10

/** The way back to where somebody was before going to the top, for a while. */
export function useReturn() {
  const place = shallowRef<Place | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function offer(left: Place | null) {
    forget()
    place.value = left
    timer = setTimeout(forget, OFFERED)
  }

  function forget() {
    clearTimeout(timer)
    place.value = null
  }

  async function back() {
    const left = place.value
    forget()
    if (left?.row.isConnected !== true) return
    for (let step = 0; step < STEPS; step += 1) {
      holdPlace(left)
      await drawn()
      if (Math.abs(topOf(left.row) - left.top) < 1) break
    }
    left.row.querySelector<HTMLElement>('article')?.focus({ preventScroll: true })
  }

  onScopeDispose(forget)
  return { place, offer, back }
}

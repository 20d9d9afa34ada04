import { computed, onScopeDispose, readonly, ref, shallowRef, watch } from 'vue'
import type { Meow } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import type { WallOptions } from './options'
import { Show } from './Show'
import { hasTag } from './tag'

/**
 * A show that goes on by itself until it is paused. What is deleted, or has lost the tag of the wall, is
 * gone from it at once, and what is edited has its new text.
 */
export function useShow({ lines, pace, tag }: WallOptions, lives: Lives) {
  const show = new Show({
    lines,
    pace: pace === null ? null : pace * 1_000,
    now: () => performance.now(),
  })
  const paused = ref(false)
  const screen = shallowRef(look())
  const held = computed(() => screen.value.held())
  let timer: ReturnType<typeof setTimeout> | undefined

  function look() {
    return {
      lines: show.lines,
      waiting: show.waiting,
      leftOut: show.leftOut,
      held: () => show.held,
    }
  }

  function refresh() {
    screen.value = look()
    clearTimeout(timer)
    const { wait } = show
    if (wait === null) return
    timer = setTimeout(() => {
      act(() => {
        show.advance()
      })
    }, Math.ceil(wait))
  }

  function act(change: () => void) {
    change()
    refresh()
  }

  const stale = computed(() => held.value.filter((meow) => current(meow) !== meow))
  watch(stale, (meows) => {
    if (meows.length === 0) return
    act(() => {
      for (const meow of meows) {
        const now = current(meow)
        if (now === null) show.remove(meow.id)
        else show.change(now)
      }
    })
  })

  /** The meow as it is now; null when it is none of this wall. */
  function current(meow: Meow): Meow | null {
    if (lives.isDeleted(meow.id)) return null
    const latest = lives.latest(meow)
    return latest === meow || tag === null || hasTag(latest.body, tag) ? latest : null
  }

  lives.hold(() => held.value.map(({ id }) => id))
  onScopeDispose(() => {
    clearTimeout(timer)
  })

  return {
    screen: readonly(screen),
    paused: readonly(paused),
    begin: (meows: readonly Meow[]) => {
      act(() => {
        show.begin(meows)
      })
    },
    offer: (meows: readonly Meow[]) => {
      act(() => {
        show.offer(meows)
      })
    },
    togglePause: () => {
      paused.value = !paused.value
      act(() => {
        if (paused.value) show.pause()
        else show.resume()
      })
    },
    forward: () => {
      act(() => {
        show.forward()
      })
    },
    back: () => {
      act(() => {
        show.back()
      })
    },
  }
}

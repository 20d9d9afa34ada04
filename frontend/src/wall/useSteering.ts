import { refAutoReset, useEventListener } from '@vueuse/core'
import { readonly, ref } from 'vue'

/** Milliseconds for which a pointer that does not move is taken for somebody's. */
const ATTENTION = 3_000

export interface Steering {
  readonly togglePause: () => void
  readonly forward: () => void
  readonly back: () => void
}

/** Steers a wall by its keys, and says when somebody is there who may want to steer it. */
export function useSteering({ togglePause, forward, back }: Steering) {
  const isFullscreen = ref(document.fullscreenElement !== null)
  const attended = refAutoReset(false, ATTENTION)

  const actions: Readonly<Record<string, () => void>> = {
    ' ': togglePause,
    ArrowRight: forward,
    ArrowDown: forward,
    ArrowLeft: back,
    ArrowUp: back,
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const { key, target, repeat, defaultPrevented, ctrlKey, altKey, metaKey, shiftKey } = event
    if (defaultPrevented || ctrlKey || altKey || metaKey || shiftKey) return
    if (!Object.hasOwn(actions, key)) return
    // A button that has the focus is pressed by it.
    if (key === ' ' && (repeat || (target instanceof Element && target.closest('button')))) return
    event.preventDefault()
    actions[key]?.()
  })
  useEventListener(window, ['pointermove', 'pointerdown'], () => {
    attended.value = true
  })
  useEventListener(document, 'fullscreenchange', () => {
    isFullscreen.value = document.fullscreenElement !== null
  })

  /** A browser that does not let it leaves everything as it is. */
  async function toggleFullscreen() {
    const changed = isFullscreen.value
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen()
    await changed.catch(() => undefined)
  }

  return {
    attended,
    isFullscreen: readonly(isFullscreen),
    /** Telephones may have none. */
    canFullscreen: document.fullscreenEnabled,
    toggleFullscreen,
  }
}

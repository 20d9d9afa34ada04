import { useEventListener } from '@vueuse/core'
import { onScopeDispose, readonly, ref } from 'vue'

/**
 * Keeps the screen on, where the browser lets it. It lets go of it whenever the page is hidden, so it is
 * asked again each time that the page is seen.
 */
export function useAwake() {
  const awake = ref(false)
  let lock: WakeLockSentinel | null = null
  let ended = false

  async function ask() {
    if (document.visibilityState !== 'visible' || awake.value) return
    // On plain HTTP from another machine there is none.
    const locks = (navigator as { readonly wakeLock?: WakeLock }).wakeLock
    const given = await locks?.request('screen').catch(() => null)
    if (!given) return
    if (ended) {
      await given.release()
      return
    }
    lock = given
    awake.value = true
    given.onrelease = () => {
      awake.value = false
    }
  }

  useEventListener(document, 'visibilitychange', () => void ask())
  onScopeDispose(() => {
    ended = true
    void lock?.release()
  })
  void ask()
  return readonly(awake)
}

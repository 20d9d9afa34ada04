import { computed, onScopeDispose, ref, watch } from 'vue'
import { PACES, usePreferences } from './usePreferences'
import { useStillness } from './useStillness'

export type Gate = ReturnType<typeof useGate>

/**
 * Lets new meows into a list at the reader's pace, and none while somebody is at it.
 *
 * @param seeking whether a place in the list is still looked for, where somebody is to read on
 */
export function useGate(seeking: () => boolean = () => false) {
  const { pace, paused } = usePreferences()
  const { still, scrolled } = useStillness()
  /** Since something has come in, until the pace lets the next in. */
  const resting = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Whether new ones only come when they are asked for. */
  const quiet = computed(() => paused.value || pace.value === 'asked')
  const busy = computed(() => still.value || seeking())
  const open = computed(() => !quiet.value && !busy.value && !resting.value)
  /** Whether what waits is worth telling: it does not come in within the next moment. */
  const holding = computed(() => quiet.value || busy.value || pace.value !== 'live')

  /** To be called when something has come in. */
  function rest() {
    clearTimeout(timer)
    resting.value = Number.isFinite(PACES[pace.value])
    if (resting.value) timer = setTimeout(wake, PACES[pace.value])
  }

  function wake() {
    clearTimeout(timer)
    resting.value = false
  }

  watch(pace, wake)
  onScopeDispose(wake)
  return { open, quiet, holding, scrolled, rest }
}

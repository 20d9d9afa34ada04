import type { Ref } from 'vue'
import { computed, onMounted, watch } from 'vue'
import { drawn } from '../meow/place'
import { useMutes } from '../mute/useMutes'
import type { LiveList } from '../timeline/useLiveList'
import { useNow } from '../useNow'
import { useAnnouncement } from './useAnnouncement'
import type { Gate } from './useGate'
import { newSince, useLeftOff } from './useLeftOff'
import { useNewest } from './useNewest'
import { useStillness } from './useStillness'

/**
 * Lets what comes into a live list at the reader's pace, and says what waits, what came, and where somebody
 * left off.
 *
 * @param heading that of the list, to which the way to the newest leads
 */
export function usePaced(list: LiveList, gate: Gate, heading: Readonly<Ref<HTMLElement | null>>) {
  const { shown, waiting, holdsBack, arrived, told, overfull } = list
  const { scrolled, hidden } = useStillness()

  const announcement = useAnnouncement(
    () => told.value,
    () => gate.quiet.value,
  )

  function follow() {
    if (!gate.open.value) {
      list.hold()
      return
    }
    const came = holdsBack.value
    list.release()
    if (!came) return
    list.hold()
    gate.rest()
  }

  // At once: what comes next may already be in the way.
  watch(gate.open, follow, { flush: 'sync' })
  watch(arrived, () => {
    if (gate.open.value) gate.rest()
  })
  // By then the page is where somebody left it.
  onMounted(async () => {
    if (!gate.open.value) list.hold()
    await drawn()
    follow()
  })

  const { label, returning, press, back } = useNewest({
    gate,
    waiting: () => waiting.value,
    show: list.show,
    inPlace: () => !overfull.value,
    heading,
  })

  const now = useNow()
  const { heard } = useMutes()
  const left = useLeftOff(
    () => shown.value[0]?.id,
    () => hidden.value || scrolled.value || gate.quiet.value,
    () => waiting.value,
  )
  const leftOff = computed(() => {
    if (left.value === null) return null
    const { id, at } = left.value
    const last = shown.value.findIndex((meow) => meow.id === id)
    const count = heard(shown.value.slice(0, Math.max(0, last))).length
    return count > 0 ? { id, words: newSince(count, at, now.value) } : null
  })

  return { announcement, label, returning, press, back, leftOff }
}

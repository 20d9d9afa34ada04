import { refThrottled } from '@vueuse/core'
import type { Ref } from 'vue'
import { computed, nextTick, ref, watch } from 'vue'
import { columnOf, scrollTo } from '../column/column'
import { useKeys } from '../keyboard/useKeys'
import { isCurrentList } from '../meow/currentList'
import { placeOfTheRead } from '../meow/place'
import type { Gate } from './useGate'
import { useReturn } from './useReturn'
import { useStillness } from './useStillness'
import { t } from '../language/text'

const COUNT_EVERY = 1_000

/** A list on top of which meows wait. */
export interface Growing {
  readonly gate: Gate
  readonly waiting: () => number
  /** Shows what waits; what comes later waits as before. */
  readonly show: () => void
  /** Whether they can be shown above what is read. */
  readonly inPlace: () => boolean
  readonly heading: Readonly<Ref<HTMLElement | null>>
}

/**
 * The way to what is new: first it is shown above what is read, which stays in its place, then the page goes
 * to the top; and the way back.
 */
export function useNewest({ gate, waiting, show, inPlace, heading }: Growing) {
  const { scrolled, engaged } = useStillness()
  const { place, offer, back } = useReturn()
  /** Whether what was asked for is above what is read. */
  const above = ref(false)
  const counted = refThrottled(computed(waiting), COUNT_EVERY)
  /** How many wait, as far as it is worth telling. */
  const count = computed(() => {
    const any = gate.holding.value && waiting() > 0
    return any ? Math.max(1, counted.value) : 0
  })

  const label = computed(() => {
    const told = { count: count.value }
    if (count.value === 0) return above.value ? t('newest.go') : ''
    return above.value ? t('newest.goMore', told) : t('newest.show', told)
  })

  async function press() {
    if (above.value || !inPlace() || !(scrolled.value || engaged.value)) {
      await toTop()
    } else if (waiting() > 0) {
      show()
      above.value = true
    }
  }

  async function toTop() {
    const list = heading.value?.closest('.list') ?? document
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
    offer(scrolled.value ? placeOfTheRead(rows) : null)
    above.value = false
    show()
    await nextTick()
    await nextTick() // After the list, which holds in its place what is read.
    scrollTo(columnOf(rows[0] ?? null), 0)
    heading.value?.focus({ preventScroll: true })
  }

  watch(scrolled, (now) => {
    if (!now) above.value = false
  })

  const go = () => void toTop()
  useKeys({ n: () => void press(), '.': go, g: go, 0: go }, () => isCurrentList(heading.value))
  return { count, label, press, toTop, returning: computed(() => place.value !== null), back }
}

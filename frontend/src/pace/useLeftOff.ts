import { computed, shallowRef, watch } from 'vue'
import { language, t } from '../language/text'

/** The topmost meow when somebody went away from the top, and when that was. */
export interface LeftOff {
  readonly id: string
  readonly at: number
}

/**
 * Where somebody left off, once something is shown above it.
 *
 * @param first the id of the topmost meow that is shown
 * @param away whether somebody does not see what comes
 * @param waiting how many wait to be shown
 */
export function useLeftOff(
  first: () => string | undefined,
  away: () => boolean,
  waiting: () => number,
) {
  const leftOff = shallowRef<LeftOff | null>(null)
  let left: LeftOff | null = null

  watch(
    away,
    (now) => {
      const id = first()
      if (now && id !== undefined) left = { id, at: Date.now() }
      else if (id === left?.id && waiting() === 0) left = null
    },
    { immediate: true },
  )
  watch(first, (id) => {
    if (left === null || id === left.id) return
    leftOff.value = left
    if (!away()) left = null
  })
  return leftOff
}

const time = computed(
  () => new Intl.DateTimeFormat(language.value, { timeStyle: 'short', hourCycle: 'h23' }),
)
const dayAndTime = computed(
  () =>
    new Intl.DateTimeFormat(language.value, {
      weekday: 'long',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
)
const DAY = 24 * 3_600_000

/** Says how many are new since then. */
export function newSince(count: number, at: number, now: number): string {
  return t('newest.since', { count, time: timeOrDay(at, now) })
}

export function timeOfDay(at: number): string {
  return time.value.format(at)
}

/** The time of day, and which day that was unless it is clear. */
export function timeOrDay(at: number, now = Date.now()): string {
  return (now - at < DAY / 2 ? time : dayAndTime).value.format(at)
}

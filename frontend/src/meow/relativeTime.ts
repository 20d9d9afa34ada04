import { computed } from 'vue'
import { language, t } from '../language/text'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** In that of the page's words: a sentence in two languages is read by nobody. */
const words = computed(
  () => new Intl.RelativeTimeFormat(language.value, { numeric: 'auto', style: 'long' }),
)
const exact = computed(
  () => new Intl.DateTimeFormat(language.value, { dateStyle: 'full', timeStyle: 'medium' }),
)
const date = computed(
  () =>
    new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'short', year: 'numeric' }),
)

/** How long ago, in words. A moment in the future is a clock that is off, and reads "just now". */
export function relativeTime(createdAt: string, now: number): string {
  const then = Date.parse(createdAt)
  if (Number.isNaN(then)) return ''
  const age = Math.max(0, now - then)
  if (age < 10 * SECOND) return t('justNow')
  if (age < MINUTE) return words.value.format(-Math.floor(age / SECOND), 'second')
  if (age < HOUR) return words.value.format(-Math.floor(age / MINUTE), 'minute')
  if (age < DAY) return words.value.format(-Math.floor(age / HOUR), 'hour')
  if (age < 7 * DAY) return words.value.format(-Math.floor(age / DAY), 'day')
  return date.value.format(then)
}

/** The moment to the second, in the reader's own time zone. */
export function exactTime(createdAt: string): string {
  const then = Date.parse(createdAt)
  return Number.isNaN(then) ? createdAt : exact.value.format(then)
}

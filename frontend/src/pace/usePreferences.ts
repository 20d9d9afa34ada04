import { createSharedComposable, useStorage } from '@vueuse/core'
import { computed } from 'vue'
import { storageOf } from '../storageOf'

/** How many milliseconds lie between two times that new meows come into a list; `asked` is never by itself. */
export const PACES = {
  live: 1_000,
  '5s': 5_000,
  '30s': 30_000,
  asked: Infinity,
} as const

export type Pace = keyof typeof PACES

const PREFERENCES = 'meower.preferences'
const PAUSED = 'meower.paused'

/**
 * What the reader wants of the page: kept in this browser, except for the pause, which is that of one
 * tab. Where nothing may be stored it lasts as long as the page.
 */
export const usePreferences = createSharedComposable(() => {
  const stored = useStorage(
    PREFERENCES,
    { pace: 'live', announcing: true, keys: true },
    storageOf('local'),
    { mergeDefaults: true, onError: () => undefined },
  )
  const paused = useStorage(PAUSED, false, storageOf('session'), {
    onError: () => undefined,
  })
  const pace = computed<Pace>({
    get: () => (isPace(stored.value.pace) ? stored.value.pace : 'live'),
    set: (chosen) => {
      stored.value = { ...stored.value, pace: chosen }
    },
  })

  /** Whether new meows are read out; not while they only come when asked for. */
  const announcing = computed({
    get: () => stored.value.announcing,
    set: (chosen) => {
      stored.value = { ...stored.value, announcing: chosen }
    },
  })

  /** Whether single keys do something. */
  const keys = computed({
    get: () => stored.value.keys,
    set: (chosen) => {
      stored.value = { ...stored.value, keys: chosen }
    },
  })

  return { pace, paused, announcing, keys }
})

function isPace(value: unknown): value is Pace {
  return typeof value === 'string' && Object.hasOwn(PACES, value)
}

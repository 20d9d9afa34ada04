import { watchThrottled } from '@vueuse/core'
import { ref } from 'vue'
import { usePreferences } from './usePreferences'
import { t } from '../language/text'

const ANNOUNCE_EVERY = 30_000

/**
 * What is read out of new meows, in words, from time to time.
 *
 * @param count how many have come so far; less than before when the list is another one
 * @param quiet whether they only come when they are asked for
 */
export function useAnnouncement(count: () => number, quiet: () => boolean) {
  const { announcing } = usePreferences()
  const words = ref('')
  let said = count()

  watchThrottled(
    count,
    (now) => {
      const silent = quiet() || !announcing.value
      words.value = silent || now <= said ? '' : t('newest.meows', { count: now - said })
      said = now
    },
    { throttle: ANNOUNCE_EVERY },
  )
  return words
}

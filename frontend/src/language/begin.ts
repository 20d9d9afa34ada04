import { promiseTimeout } from '@vueuse/core'
import type { App } from 'vue'
import { useLanguage } from './useLanguage'

/** Milliseconds that a reader waits for another language than English, before it is English until then. */
export const PATIENCE = 2_000

/** Shows a page in its language from the beginning, if that comes in time. */
export async function begin(app: App) {
  const { ready } = useLanguage()
  await Promise.race([ready(), promiseTimeout(PATIENCE)])
  app.mount('#app')
}

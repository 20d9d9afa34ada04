import {
  createSharedComposable,
  useEventListener,
  usePreferredLanguages,
  useStorage,
} from '@vueuse/core'
import { computed, nextTick, readonly, shallowRef, watch, watchEffect } from 'vue'
import { allColumns, scrollOf } from '../column/column'
import { holdPlace, placeOfTheRead } from '../meow/place'
import { storageOf } from '../storageOf'
import en from './en'
import { FILES } from './files'
import type { Language } from './languages'
import { LANGUAGES, bestOf, isLanguage } from './languages'
import { language, speak } from './text'

const CHOICE = 'meower.language'

/**
 * In which language the page is: what the reader chose, in all tabs of this browser, or else the best of
 * those that the browser is set to. While another one is loaded, or when that fails, it stays as it is.
 */
export const useLanguage = createSharedComposable(() => {
  const chosen = useStorage(CHOICE, '', storageOf('local'), {
    writeDefaults: false,
    onError: () => undefined,
  })
  const preferred = usePreferredLanguages()
  const wanted = computed(() => (isLanguage(chosen.value) ? chosen.value : bestOf(preferred.value)))
  /** The language that could not be loaded. */
  const failed = shallowRef<Language | null>(null)
  let ready = load()

  async function load() {
    const asked = wanted.value
    failed.value = null
    if (asked === language.value) return
    try {
      const messages = asked === 'en' ? en : (await FILES[asked]()).default
      if (asked === wanted.value)
        await change(() => {
          speak(asked, messages)
        })
    } catch {
      if (asked === wanted.value) failed.value = asked
    }
  }

  function again() {
    ready = load()
    return ready
  }

  function choose(one: Language) {
    chosen.value = one
    return again()
  }

  watch(wanted, again)
  useEventListener(window, 'online', () => {
    if (failed.value !== null) void again()
  })
  watchEffect(() => {
    document.documentElement.lang = language.value
    document.documentElement.dir = LANGUAGES[language.value].dir
  })

  return { language, failed: readonly(failed), choose, again, ready: () => ready }
})

/** Texts are as long as their language has them: what is read stays in its place. */
async function change(act: () => void) {
  const places = [null, ...allColumns()].filter((column) => scrollOf(column) > 0).map(readIn)
  act()
  await nextTick()
  for (const place of places) if (place?.row.isConnected === true) holdPlace(place)
}

function readIn(column: HTMLElement | null) {
  return placeOfTheRead([...(column ?? document).querySelectorAll<HTMLElement>('[data-row]')])
}

import { createSharedComposable, useStorage } from '@vueuse/core'
import { computed, watch } from 'vue'
import { browserLocks } from '../lock'
import { storageOf } from '../storageOf'
import type { Tag } from '../tag/tags'
import { keyOf } from '../tag/tags'
import { useFollowedTags } from '../tag/useFollowedTags'
import { NOTIFIED } from './attention'

/**
 * Of which followed tags somebody wants to be notified: kept in this browser, the same in all of its tabs.
 * It is never wanted by itself, and ends with following.
 */
export const useNotified = createSharedComposable(() => {
  const { followed } = useFollowedTags()
  const stored = useStorage(NOTIFIED, [] as string[], storageOf('local'), {
    onError: () => undefined,
    writeDefaults: false,
  })
  const keys = computed(() => (Array.isArray(stored.value) ? stored.value : []))

  /** The entries of the followed tags of which it is wanted. */
  const notified = computed(() => followed.value.filter(isOn))

  watch(followed, () => {
    if (notified.value.length < keys.value.length) stored.value = notified.value.map(keyOf)
  })

  function isOn(tags: readonly Tag[]): boolean {
    return keys.value.includes(keyOf(tags))
  }

  function set(tags: readonly Tag[], on: boolean) {
    const others = notified.value.map(keyOf).filter((key) => key !== keyOf(tags))
    stored.value = on ? [...others, keyOf(tags)] : others
  }

  return { notified, isOn, set }
})

/** Whether this browser has notifications, keeps that they are wanted, and can agree with its other tabs. */
export function canNotify(): boolean {
  return 'Notification' in window && browserLocks() !== undefined && keeps()
}

function keeps(): boolean {
  try {
    const storage = storageOf('local')
    storage?.setItem(`${NOTIFIED}.try`, '')
    storage?.removeItem(`${NOTIFIED}.try`)
    return storage !== undefined
  } catch {
    return false
  }
}

import { useEventListener } from '@vueuse/core'
import { onScopeDispose } from 'vue'
import { browserLocks } from '../lock'
import { storageOf } from '../storageOf'

/** Where it is kept of what somebody is notified. */
export const NOTIFIED = 'meower.notified'

/** Every tab that can be seen holds it, together with the others. */
const SEEN = 'meower.seen'

/** Says to all tabs that one of them can be seen. */
export const ATTENTION = 'meower.attention'

/** Tells the other tabs while this one can be seen, if anybody wants to be notified at all. */
export function useAttention(wanted = isWanted) {
  let release: (() => void) | null = null
  let channel: BroadcastChannel | null = null

  function update() {
    const seen = document.visibilityState === 'visible' && wanted()
    if (seen === (release !== null)) return
    release?.()
    release = null
    if (!seen) return
    channel ??= new BroadcastChannel(ATTENTION)
    channel.postMessage('seen')
    release = hold(SEEN, 'shared')
  }

  useEventListener(document, 'visibilitychange', update)
  onScopeDispose(() => {
    release?.()
    channel?.close()
  })
  update()
  return { update }
}

/** Whether any tab can be seen. */
export async function isSeen(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true
  const { held = [] } = (await browserLocks()?.query()) ?? {}
  return held.some(({ name }) => name === SEEN)
}

/** Holds a lock as soon as it is free; returns what lets go of it. */
export function hold(name: string, mode: LockMode, granted?: () => void): () => void {
  const over = new AbortController()
  const { signal } = over
  browserLocks()
    ?.request(name, { mode, signal }, () => {
      if (signal.aborted) return undefined
      granted?.()
      return new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve()
        })
      })
    })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  return () => {
    over.abort()
  }
}

function isWanted(): boolean {
  try {
    return (storageOf('local')?.getItem(NOTIFIED) ?? '[]') !== '[]'
  } catch {
    return false
  }
}

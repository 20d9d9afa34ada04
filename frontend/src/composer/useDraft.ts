import { useEventListener, useStorage } from '@vueuse/core'
import { computed, nextTick, onScopeDispose } from 'vue'
import { alone, browserLocks } from '../lock'
import { storageOf } from '../storageOf'

const TAB = 'meower.tab'
const DRAFT = 'meower.draft.'
const LEFT = 'meower.left.'
/** Milliseconds after which a name that is still held is not that of this tab before it was reloaded. */
const PATIENCE = 5_000
/** How many drafts of tabs that are gone are kept. */
export const CAPACITY = 20

/** Of this tab alone: what another one writes there is not meant for it. */
const OWN = { listenToStorageChanges: false, onError: () => undefined } as const

/**
 * What somebody is writing in this tab. It outlives the tab: the next one that is opened goes on with it.
 * Tabs that are open have a draft each.
 */
export function useDraft() {
  const tab = useStorage(TAB, newName(), storageOf('session'), OWN)
  const stored = useStorage<string | null>(() => DRAFT + tab.value, null, storageOf('local'), {
    ...OWN,
    writeDefaults: false,
  })
  const text = computed({
    get: () => stored.value ?? '',
    set: (written) => {
      stored.value = written === '' ? null : written
    },
  })
  const stopped = new AbortController()

  /** Holds the tab's name as long as the tab is there, which needs another one if it was duplicated. */
  async function hold() {
    if (browserLocks() === undefined) return
    const { signal } = stopped
    const held = await alone(DRAFT + tab.value, PATIENCE, signal, gone)
    if (held || signal.aborted) return
    const written = text.value
    tab.value = newName()
    await nextTick()
    text.value = written
    await alone(DRAFT + tab.value, PATIENCE, signal, gone)
  }

  function gone(): Promise<void> {
    return new Promise((resolve) => {
      stopped.signal.addEventListener('abort', () => {
        resolve()
      })
    })
  }

  /** Takes over what a tab that is gone has left, the newest of it, unless something is written here. */
  async function takeOver() {
    const names = await leftNames(tab.value)
    for (const name of names.slice(0, -CAPACITY)) drop(name)
    const newest = names.at(-1)
    if (newest === undefined || text.value !== '') return
    text.value = localStorage.getItem(DRAFT + newest) ?? ''
    drop(newest)
  }

  function leave() {
    if (stored.value !== null) localStorage.setItem(LEFT + tab.value, '')
  }

  function returnTo() {
    localStorage.removeItem(LEFT + tab.value)
  }

  if (storageOf('local') !== undefined) {
    useEventListener(window, 'pagehide', leave)
    useEventListener(window, 'pageshow', returnTo)
    returnTo()
    void takeOver()
  }
  void hold()
  onScopeDispose(() => {
    stopped.abort()
  })
  return text
}

/** Names sort by when their tabs were opened. */
function newName(): string {
  return `${Date.now()}-${Math.random().toString(36).slice(2)}`
}

/** The tabs that are gone and have left a draft, by when they were opened. */
async function leftNames(own: string): Promise<string[]> {
  const isLeft = await leftOnes()
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(DRAFT))
    .map((key) => key.slice(DRAFT.length))
    .filter((name) => name !== own && isLeft(name))
    .sort()
}

/** A tab that holds its name is there, also one that has crashed is not; otherwise it has to say that it goes. */
async function leftOnes(): Promise<(name: string) => boolean> {
  const locks = browserLocks()
  if (locks === undefined) return (name) => localStorage.getItem(LEFT + name) !== null
  const { held = [] } = await locks.query()
  const names = new Set(held.map(({ name }) => name))
  return (name) => !names.has(DRAFT + name)
}

function drop(name: string) {
  localStorage.removeItem(DRAFT + name)
  localStorage.removeItem(LEFT + name)
}

import { useStorage } from '@vueuse/core'
import { computed } from 'vue'
import type { Undo } from '../api'
import { isRecord } from '../meow/meow'
import { useNow } from '../useNow'

const KEY = 'meower.undo'
/** How many are kept; whoever posts more can no longer take back the first ones. */
export const CAPACITY = 100

interface Entry {
  readonly id: string
  readonly token: string
  /** By this browser's clock, in milliseconds. */
  readonly until: number
}

export type Undos = ReturnType<typeof useUndos>

/** What allows to edit and delete the meows that this browser has posted, in all of its tabs. */
export function useUndos() {
  const stored = useStorage<readonly Entry[]>(KEY, [], undefined, {
    shallow: true,
    writeDefaults: false,
    serializer: { read, write: JSON.stringify },
    // Whatever it is that stands there, it keeps nobody from reading.
    onError: () => undefined,
  })
  const now = useNow()
  const valid = computed(
    () => new Map(current(stored.value, now.value).map(({ id, token }) => [id, token])),
  )

  function add(id: string, { token, window }: Undo) {
    const until = Date.now() + window
    const others = current(stored.value, Date.now()).filter((entry) => entry.id !== id)
    stored.value = [{ id, token, until }, ...others].slice(0, CAPACITY)
  }

  function drop(id: string) {
    if (!stored.value.some((entry) => entry.id === id)) return
    stored.value = current(stored.value, Date.now()).filter((entry) => entry.id !== id)
  }

  return { add, drop, of: (id: string) => valid.value.get(id) ?? null }
}

function current(entries: readonly Entry[], now: number): readonly Entry[] {
  return entries.filter(({ until }) => until > now)
}

function read(text: string): readonly Entry[] {
  const entries: unknown = JSON.parse(text)
  return Array.isArray(entries) ? entries.filter(isEntry).slice(0, CAPACITY) : []
}

function isEntry(value: unknown): value is Entry {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.token === 'string' &&
    typeof value.until === 'number'
  )
}

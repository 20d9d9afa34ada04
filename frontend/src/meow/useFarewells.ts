import { onScopeDispose, shallowReactive } from 'vue'

/** What stands for a while in the place of a meow that was deleted. */
export interface Farewell {
  readonly words: string
  /** The text, when whoever deleted it can write it again. */
  readonly body?: string
  /** Milliseconds. */
  readonly lasting: number
}

/** Says what a deletion takes away from somebody, or null. */
export type Reader = (id: string) => Farewell | null

/** The places of deleted meows that somebody was at; all others close at once. */
export function useFarewells() {
  const farewells = shallowReactive(new Map<string, Farewell>())
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const readers = new Set<Reader>()

  /** From now on the reader is asked about each deletion, until its component is gone. */
  function attend(reader: Reader) {
    readers.add(reader)
    onScopeDispose(() => {
      readers.delete(reader)
    })
  }

  /** The meow is about to go: what is on the page is still as it was. */
  function begin(id: string) {
    const farewell = firstOf(readers, id)
    if (farewell === null) return
    farewells.set(id, farewell)
    timers.set(
      id,
      setTimeout(() => {
        end(id)
      }, farewell.lasting),
    )
  }

  function end(id: string) {
    clearTimeout(timers.get(id))
    timers.delete(id)
    farewells.delete(id)
  }

  onScopeDispose(() => {
    timers.forEach(clearTimeout)
  })
  return {
    attend,
    begin,
    end,
    of: (id: string) => farewells.get(id) ?? null,
  }
}

function firstOf(readers: Iterable<Reader>, id: string): Farewell | null {
  for (const reader of readers) {
    const farewell = reader(id)
    if (farewell !== null) return farewell
  }
  return null
}

import { IDS, fetchMeows } from '../api'
import type { Deletion, Meow } from '../meow/meow'

/** Meows as they are now, in the order of their ids, apart from those that nobody knows any more. */
export async function readAgain(
  ids: readonly string[],
  known: readonly Meow[],
  signal: AbortSignal,
): Promise<readonly (Meow | Deletion)[]> {
  const read = new Map<string, Meow | Deletion>(known.map((meow) => [meow.id, meow]))
  const unread = ids.filter((id) => !read.has(id))
  const parts = Array.from({ length: Math.ceil(unread.length / IDS) }, (_, part) =>
    unread.slice(part * IDS, (part + 1) * IDS),
  )
  for (const answer of await Promise.all(parts.map((part) => fetchMeows(part, signal)))) {
    for (const one of answer) read.set(one.id, one)
  }
  return ids.flatMap((id) => read.get(id) ?? [])
}

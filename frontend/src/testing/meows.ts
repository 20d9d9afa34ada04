import type { Deletion, FoundMeow, Meow } from '../meow/meow'

export function aMeow(changes: Partial<FoundMeow> = {}): Meow {
  return { id: 'a', body: 'hello', created_at: '2026-01-02T03:04:05Z', ...changes }
}

/** The meow `id` with its `revision`th text. */
export function anEdit(id: string, revision = 2, body = `${id} edited`): Meow {
  return aMeow({ id, body, revision, edited_at: '2026-01-02T03:05:00Z' })
}

export function aDeletion(id: string, by = 'author'): Deletion {
  return { id, deleted_at: '2026-01-02T03:06:00Z', by }
}

/** Meows named by their ids: `meows('c', 'b', 'a')`. */
export function meows(...ids: readonly string[]): Meow[] {
  return ids.map((id) => aMeow({ id, body: `meow ${id}` }))
}

export function idsOf(list: readonly Meow[]): string {
  return list.map(({ id }) => id).join(' ')
}

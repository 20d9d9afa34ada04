import type { FoundMeow, Meow } from '../meow/meow'

export function aMeow(changes: Partial<FoundMeow> = {}): Meow {
  return { id: 'a', body: 'hello', created_at: '2026-01-02T03:04:05Z', ...changes }
}

/** Meows named by their ids: `meows('c', 'b', 'a')`. */
export function meows(...ids: readonly string[]): Meow[] {
  return ids.map((id) => aMeow({ id, body: `meow ${id}` }))
}

export function idsOf(list: readonly Meow[]): string {
  return list.map(({ id }) => id).join(' ')
}

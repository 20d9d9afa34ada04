import { onScopeDispose, shallowReactive } from 'vue'
import type { Change } from '../feed/frames'
import type { Deletion, Meow } from './meow'
import { isDeletion, revisionOf } from './meow'
import { useFarewells } from './useFarewells'
import { useReview } from './useReview'

/** How many texts are remembered of edited meows that no list holds. */
export const CAPACITY = 1_000

export type Lives = ReturnType<typeof useLives>

/**
 * What the page knows of the lives of meows: their latest texts, and which were deleted. Every list
 * asks here before it shows one, so that no answer, frame or page that is late brings back what is
 * over.
 *
 * @param memory how many deletions are remembered, the latest; by itself all, for as long as the page lives
 */
export function useLives(memory = Infinity) {
  const deletions = shallowReactive(new Map<string, Deletion>())
  const texts = shallowReactive(new Map<string, Meow>())
  const holders = new Set<() => readonly string[]>()
  const farewells = useFarewells()
  const review = useReview(learn)
  let room = CAPACITY
  let reviews = 0

  function learn(known: Meow | Deletion) {
    if (isDeletion(known)) deleted(known)
    else edited(known)
  }

  function follow(changes: readonly Change[]) {
    for (const change of changes) learn(change.kind === 'deleted' ? change.deletion : change.meow)
  }

  function deleted(deletion: Deletion) {
    if (deletions.has(deletion.id)) return
    farewells.begin(deletion.id)
    deletions.set(deletion.id, deletion)
    texts.delete(deletion.id)
    const [oldest] = deletions.size > memory ? deletions.keys() : []
    if (oldest !== undefined) deletions.delete(oldest)
  }

  function edited(meow: Meow) {
    const known = texts.get(meow.id)
    const passed = known === undefined ? 1 : revisionOf(known)
    if (isDeleted(meow.id) || revisionOf(meow) <= passed) return
    texts.set(meow.id, meow)
    if (texts.size > room) forget()
  }

  /** What no list holds may be needed by an answer that is under way, not for long. */
  function forget() {
    const held = new Set(everyHeld())
    const others = [...texts.keys()].filter((id) => !held.has(id))
    for (const id of others.slice(0, -CAPACITY / 2)) texts.delete(id)
    room = Math.max(CAPACITY, 2 * texts.size)
  }

  function isDeleted(id: string): boolean {
    return deletions.has(id)
  }

  /** The meow with the latest text that is known. */
  function latest<M extends Meow>(meow: M): M {
    const text = texts.get(meow.id)
    if (text === undefined || revisionOf(text) <= revisionOf(meow)) return meow
    const { body, revision, edited_at } = text
    return { ...meow, body, revision, edited_at }
  }

  /** Without deleted ones, except for the places where something still stands for them. */
  function visible<M extends Meow>(meows: readonly M[]): M[] {
    return meows.filter(({ id }) => !isDeleted(id) || farewells.of(id) !== null)
  }

  function alive<M extends Meow>(meows: readonly M[]): M[] {
    return meows.filter(({ id }) => !isDeleted(id))
  }

  /** A list holds these meows, until its component is gone. */
  function hold(ids: () => readonly string[]) {
    holders.add(ids)
    onScopeDispose(() => {
      holders.delete(ids)
    })
  }

  function everyHeld(): string[] {
    return [...holders].flatMap((ids) => ids())
  }

  /** To be called when meows are asked for; returns what has to be told of the answer. */
  function reader(): (meows: readonly Meow[]) => void {
    const before = reviews
    return (meows) => {
      meows.forEach(edited)
      // It may be older than what was missed, and was not there when that was asked about.
      if (before !== reviews) review.ask(meows.map(({ id }) => id))
    }
  }

  /** Changes were missed: asks what has become of all that is held, except for what was just read. */
  function doubt(fresh: ReadonlySet<string>) {
    reviews += 1
    review.ask(everyHeld().filter((id) => !fresh.has(id) && !isDeleted(id)))
  }

  return {
    follow,
    learn,
    isDeleted,
    latest,
    visible,
    alive,
    hold,
    reader,
    doubt,
    farewells,
  }
}

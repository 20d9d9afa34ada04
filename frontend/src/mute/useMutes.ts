import { createSharedComposable, useStorage } from '@vueuse/core'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Meow } from '../meow/meow'
import { useNow } from '../useNow'
import type { Mute } from './mute'
import { DAY, MOST, isOver, isSame, judgeOf, readMutes } from './mute'

const MUTES = 'meower.mutes'

/** How long something is muted. */
export type Lasting = 'day' | 'ever'

export type Mutes = ReturnType<typeof useMutes>

/**
 * What the reader does not want to see: kept in this browser, the same in all of its tabs. Where nothing
 * may be stored it lasts as long as the page.
 */
export const useMutes = createSharedComposable(() => {
  // Without naming the storage: where a browser refuses it, it must not even be asked for.
  const stored = useStorage<readonly Mute[]>(MUTES, [], undefined, {
    serializer: { read: readMutes, write: (mutes) => JSON.stringify(mutes) },
    onError: () => undefined,
    shallow: true,
    writeDefaults: false,
  })
  const now = useNow()
  const active = computed<readonly Mute[]>((before) => {
    const mutes = stored.value.filter((mute) => !isOver(mute, now.value))
    const same =
      before?.length === mutes.length && mutes.every((mute, index) => mute === before[index])
    return same ? before : mutes
  })
  const judge = computed(() => judgeOf(active.value))
  /** What is shown all the same, until the page is left. */
  const revealed = shallowReactive(new Set<string>())
  /** What somebody is asked about: a meow, or null when it is about none in particular. */
  const asked = shallowRef<{ readonly meow: Meow | null } | null>(null)

  /** Why a meow is folded up to one line; null when it is shown. */
  function reasonOf(meow: Meow): Mute | null {
    return revealed.has(meow.id) ? null : judge.value(meow)
  }

  /** Those that are shown in full. */
  function heard<M extends Meow>(meows: readonly M[]): M[] {
    return active.value.length === 0 ? [...meows] : meows.filter((meow) => reasonOf(meow) === null)
  }

  /** Returns whether there was room for it: hidden meows make some, words and tags do not. */
  function add({ kind, what }: Pick<Mute, 'kind' | 'what'>, lasting: Lasting): boolean {
    const since = Date.now()
    const mute: Mute = { kind, what, since, until: lasting === 'day' ? since + DAY : null }
    const others = stored.value.filter((other) => !isOver(other, since) && !isSame(other, mute))
    const oldest = others.find((other) => other.kind === 'meow')
    if (others.length >= MOST && oldest === undefined) return false
    const kept = others.length < MOST ? others : others.filter((other) => other !== oldest)
    stored.value = [...kept, mute]
    if (kind === 'meow') revealed.delete(what)
    return true
  }

  function lift(mute: Mute) {
    stored.value = stored.value.filter((other) => !isSame(other, mute))
  }

  function reveal(id: string) {
    revealed.add(id)
  }

  /** Hides a meow, or shows one that is hidden. */
  function toggle(meow: Meow) {
    const reason = reasonOf(meow)
    if (reason === null) hide(meow)
    else if (reason.kind === 'meow') lift(reason)
    else reveal(meow.id)
  }

  function hide(meow: Meow) {
    if (revealed.delete(meow.id) && reasonOf(meow) !== null) return
    if (!add({ kind: 'meow', what: meow.id }, 'ever')) asked.value = { meow }
  }

  return { active, asked, reasonOf, heard, add, lift, reveal, toggle }
})

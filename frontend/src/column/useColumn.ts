import { injectLocal, provideLocal } from '@vueuse/core'
import type { InjectionKey, Ref } from 'vue'
import { hasInjectionContext, shallowRef } from 'vue'

export type Column = Readonly<Ref<HTMLElement | null>>

const KEY: InjectionKey<Ref<HTMLElement | null>> = Symbol('column')

/** Begins a column, in which everything within the component scrolls together, apart from the rest. */
export function provideColumn(): Ref<HTMLElement | null> {
  const column = shallowRef<HTMLElement | null>(null)
  provideLocal(KEY, column)
  return column
}

/** The column around a component; null where the window scrolls it. */
export function useColumn(): Ref<HTMLElement | null> | null {
  return hasInjectionContext() ? (injectLocal(KEY, null) ?? null) : null
}

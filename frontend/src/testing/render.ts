import type { VueWrapper } from '@vue/test-utils'
import { mount } from '@vue/test-utils'
import type { Component } from 'vue'
import { effectScope } from 'vue'
import { onTestFinished } from 'vitest'

/** Puts a component on the page until the test is over. */
export function render(component: Component, props: Record<string, unknown> = {}): VueWrapper {
  const wrapper = mount(component, {
    props,
    attachTo: document.body,
  })
  onTestFinished(() => {
    wrapper.unmount()
  })
  return wrapper
}

/** Runs a composable without a component until the test is over. */
export function use<T>(composable: () => T): T {
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
  })
  const used = scope.run(composable)
  if (used === undefined) throw new Error('The composable returns nothing.')
  return used
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import type { EffectScope } from 'vue'
import type { Place } from './place'
import { useSought } from './useSought'

const PLACE = { id: 'a' } as unknown as Place

let scope: EffectScope
let column: HTMLElement

beforeEach(() => {
  scope = effectScope()
  document.body.innerHTML = '<textarea></textarea><div id="c"><a href="/" id="in">x</a></div>'
  column = at('#c')
})

afterEach(() => {
  scope.stop()
  document.body.innerHTML = ''
})

function at(selector: string): HTMLElement {
  return document.querySelector(selector) as HTMLElement
}

/** The key pressed where something has the focus. */
function press(key: string, where: HTMLElement) {
  where.focus()
  where.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
}

function within(where: HTMLElement | null) {
  const sought = scope.run(() => useSought(PLACE, where === null ? null : ref(where)))
  if (sought === undefined) throw new Error('the scope has ended')
  scope.run(() => {
    sought.attend(() => false)
  })
  return sought.sought
}

describe('what is looked for', () => {
  it.each([
    ['in the window', () => null],
    ['in a column', () => column],
  ])('%s goes on being so while somebody writes', (_, where) => {
    const sought = within(where())
    press(' ', at('textarea'))
    expect(sought.value).toBe(PLACE)
  })

  it('in the window ends with a key that scrolls it', () => {
    const sought = within(null)
    press('PageDown', document.body)
    expect(sought.value).toBeNull()
  })

  it('in a column ends with a key that scrolls that column, and no other', () => {
    const sought = within(column)
    press('PageDown', document.body)
    expect(sought.value).toBe(PLACE)
    press('PageDown', at('#in'))
    expect(sought.value).toBeNull()
  })
})

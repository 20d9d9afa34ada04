import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { use } from '../testing/render'
import { useGate } from './useGate'
import { usePreferences } from './usePreferences'
import { useStillness } from './useStillness'

const ROW = '<div role="feed"><div data-row="a"><article><a href="#">meow</a></article></div></div>'

function aGate() {
  const { pace, paused } = use(usePreferences)
  return { ...use(useGate), ...use(useStillness), pace, paused }
}

const find = (selector: string) => {
  const element = document.querySelector<HTMLElement>(selector)
  if (element === null) throw new Error(`There is no ${selector}.`)
  return element
}

const point = (selector: string) =>
  find(selector).dispatchEvent(new Event('pointermove', { bubbles: true }))

async function happens(event: string, target: EventTarget = document) {
  target.dispatchEvent(new Event(event))
  await nextTick()
}

describe('useGate', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    document.body.innerHTML = `${ROW}<p>beside it</p>`
  })
  afterEach(() => {
    vi.useRealTimers()
    document.getSelection()?.removeAllRanges()
    document.body.innerHTML = ''
  })

  it.each([
    ['live', 1_000],
    ['5s', 5_000],
    ['30s', 30_000],
  ] as const)('at the pace %s lets in again after %i ms', (chosen, wait) => {
    const { open, rest, pace } = aGate()
    pace.value = chosen
    expect(open.value).toBe(true)
    rest()
    vi.advanceTimersByTime(wait - 1)
    expect(open.value).toBe(false)
    vi.advanceTimersByTime(1)
    expect(open.value).toBe(true)
  })

  it('lets in nothing by itself when somebody wants to ask', () => {
    const { open, quiet, pace } = aGate()
    pace.value = 'asked'
    vi.advanceTimersByTime(3_600_000)
    expect([open.value, quiet.value]).toEqual([false, true])
  })

  it('lets in at once when a quicker pace is chosen', async () => {
    const { open, rest, pace } = aGate()
    pace.value = '30s'
    rest()
    pace.value = '5s'
    await nextTick()
    expect(open.value).toBe(true)
  })

  it('lets in nothing while paused', () => {
    const { open, holding, paused } = aGate()
    paused.value = true
    expect([open.value, holding.value]).toEqual([false, true])
  })

  it('waits until the pointer over a meow has not moved for three seconds', () => {
    const { open } = aGate()
    point('article')
    vi.advanceTimersByTime(2_000)
    point('a')
    vi.advanceTimersByTime(2_999)
    expect(open.value).toBe(false)
    vi.advanceTimersByTime(1)
    expect(open.value).toBe(true)
  })

  it('does not wait for a pointer beside the meows', () => {
    const { open } = aGate()
    point('article')
    point('p')
    expect(open.value).toBe(true)
  })

  it('waits while the focus is in the list', async () => {
    const { open } = aGate()
    find('a').focus()
    await nextTick()
    expect(open.value).toBe(false)
    find('a').blur()
    await nextTick()
    expect(open.value).toBe(true)
  })

  it.each([
    { selected: 'a', waits: true },
    { selected: 'p', waits: false },
  ])('with a selection in “$selected” waits: $waits', async ({ selected, waits }) => {
    const { open } = aGate()
    document.getSelection()?.selectAllChildren(find(selected))
    await happens('selectionchange')
    expect(open.value).toBe(!waits)
  })

  it('waits while a menu is open', async () => {
    const { open } = aGate()
    find('p').setAttribute('aria-expanded', 'true')
    await happens('click')
    expect(open.value).toBe(false)
    find('p').setAttribute('aria-expanded', 'false')
    await happens('keyup')
    expect(open.value).toBe(true)
  })

  it('waits while the tab is hidden', async () => {
    const { open } = aGate()
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    await happens('visibilitychange')
    expect(open.value).toBe(false)
    visibility.mockReturnValue('visible')
    await happens('visibilitychange')
    expect(open.value).toBe(true)
  })

  it('waits while somebody reads further down', async () => {
    const { open } = aGate()
    window.scrollTo({ top: 500 })
    await happens('scroll', window)
    expect(open.value).toBe(false)
    window.scrollTo({ top: 0 })
    await happens('scroll', window)
    expect(open.value).toBe(true)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { theTimeline } from '../testing/thePage'

let server: FakeServer

const begin = (...ids: readonly string[]) => theTimeline(() => server, ...ids)

const focused = () => document.activeElement as HTMLElement

describe('the keys', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    window.scrollTo({ top: 0 })
    vi.useRealTimers()
  })

  it.each([
    { next: 'j', previous: 'k' },
    { next: 'PageDown', previous: 'PageUp' },
  ])('$next and $previous go from meow to meow', async ({ next, previous }) => {
    const { page, press } = await begin('c', 'b', 'a')
    page.get<HTMLElement>('[data-id=c]').element.focus()
    await press(next)
    expect(focused().dataset.id).toBe('b')
    await press(next)
    await press(next)
    expect(focused().dataset.id).toBe('a')
    await press(previous)
    expect(focused().dataset.id).toBe('b')
    const stops = page.findAll('article').map((meow) => meow.attributes('tabindex'))
    expect(stops).toEqual(['-1', '0', '-1'])
  })

  it('number the meows, also when new ones come', async () => {
    const { page, arrive } = await begin('b', 'a')
    await arrive('c')
    const numbers = page
      .findAll('[role=feed] article')
      .map((meow) => [meow.attributes('aria-posinset'), meow.attributes('aria-setsize')])
    expect(numbers).toEqual([
      ['1', '3'],
      ['2', '3'],
      ['3', '3'],
    ])
  })

  it('say that more is to be loaded', async () => {
    const { page } = await begin(...Array.from({ length: 50 }, (_, index) => `m${index}`))
    expect(page.get('article').attributes('aria-setsize')).toBe('-1')
  })

  it('leave the list for what is before and after it', async () => {
    const { page, press, button, arrive } = await begin(
      ...Array.from({ length: 50 }, (_, index) => `m${index}`),
    )
    await button('Pause').trigger('click')
    await arrive('new')
    page.get<HTMLElement>('[data-id=m7]').element.focus()
    await press('Home', { ctrlKey: true })
    expect(focused().textContent.trim()).toBe('Show 1 new meow')
    page.get<HTMLElement>('[data-id=m7]').element.focus()
    await press('End', { ctrlKey: true })
    expect(focused().textContent.trim()).toBe('Load older meows')
  })

  it('p pauses and goes on', async () => {
    const { press, button } = await begin('a')
    await press('P')
    expect(button('Pause').attributes('aria-pressed')).toBe('true')
    await press('p')
    expect(button('Pause').attributes('aria-pressed')).toBe('false')
  })

  it('n shows what waits and leaves the focus where it is', async () => {
    const { page, press, arrive, bodies } = await begin('b', 'a')
    page.get<HTMLElement>('[data-id=a]').element.focus()
    await arrive('c')
    expect(bodies()).toHaveLength(2)
    await press('n')
    expect(bodies()).toHaveLength(3)
    expect(focused().dataset.id).toBe('a')
    await press('n')
    expect(focused().id).toBe('timeline-heading')
  })

  it.each(['.', 'g', '0'])('%s goes to the top', async (key) => {
    const { press, scroll, arrive, bodies } = await begin('a')
    await scroll(500)
    await arrive('b')
    await press(key)
    expect(window.scrollY).toBe(0)
    expect(bodies()).toHaveLength(2)
    expect(focused().id).toBe('timeline-heading')
  })

  it('c writes and / searches', async () => {
    const { press } = await begin('a')
    await press('c')
    expect(focused().id).toBe('composer-text')
    focused().blur()
    await press('/')
    expect(location.search).toBe('?q=')
    expect(focused().id).toBe('search-text')
    focused().blur()
    await press('/')
    expect(focused().id).toBe('search-text')
  })

  it('? lists them in a dialog, which has the keys to itself', async () => {
    const { page, press, button } = await begin('a')
    await press('?')
    expect(page.get<HTMLDialogElement>('dialog').element.open).toBe(true)
    await press('p')
    expect(button('Pause').attributes('aria-pressed')).toBe('false')
    await button('Close').trigger('click')
    expect(page.find('dialog').exists()).toBe(false)
  })

  it.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }])(
    'do nothing with %j',
    async (init) => {
      const { press, button } = await begin('a')
      expect((await press('p', init)).defaultPrevented).toBe(false)
      expect(button('Pause').attributes('aria-pressed')).toBe('false')
    },
  )

  it('are letters while somebody writes', async () => {
    const { page, press, button } = await begin('a')
    page.get<HTMLElement>('textarea').element.focus()
    expect((await press('p')).defaultPrevented).toBe(false)
    expect(button('Pause').attributes('aria-pressed')).toBe('false')
  })

  it('can be turned off, except for those that the list has', async () => {
    const { page, press, button } = await begin('b', 'a')
    await button('How new meows come').trigger('click')
    await page.get('input[name=keys]').setValue(false)
    page.get<HTMLElement>('[data-id=b]').element.focus()
    await press('p')
    await press('j')
    expect(button('Pause').attributes('aria-pressed')).toBe('false')
    expect(focused().dataset.id).toBe('b')
    await press('PageDown')
    expect(focused().dataset.id).toBe('a')
  })
})

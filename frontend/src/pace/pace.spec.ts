import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { theTimeline } from '../testing/thePage'

let server: FakeServer

const begin = (...ids: readonly string[]) => theTimeline(() => server, ...ids)

describe('the reader’s pace', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(2026, 0, 2, 14, 2) })
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    window.scrollTo({ top: 0 })
    vi.useRealTimers()
  })

  it('brings a meow at once and those after it once a second', async () => {
    const { bodies, arrive, pill } = await begin('a')
    await arrive('b')
    await arrive('c')
    await arrive('d')
    expect(bodies()).toEqual(['meow b', 'meow a'])
    expect(pill().exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies()).toEqual(['meow d', 'meow c', 'meow b', 'meow a'])
    await arrive('e')
    expect(bodies()).toHaveLength(4)
  })

  it('can be paused, which a button and the title tell', async () => {
    const { bodies, arrive, pill, button } = await begin('a')
    await button('Pause').trigger('click')
    expect(button('Pause').attributes('aria-pressed')).toBe('true')
    await arrive('b', 'c')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(bodies()).toEqual(['meow a'])
    expect(pill().text()).toBe('Show 2 new meows')
    expect(document.title).toBe('(2) Meower')
    await button('Pause').trigger('click')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies()).toEqual(['meow c', 'meow b', 'meow a'])
    expect(document.title).toBe('Meower')
  })

  it('is chosen in a panel, and counts what comes until its time', async () => {
    const { page, bodies, arrive, pill, button } = await begin('a')
    await button('How new meows come').trigger('click')
    await page.get('input[value="5s"]').setValue()
    await button('How new meows come').trigger('click')
    await vi.advanceTimersByTimeAsync(100)
    await arrive('b')
    await arrive('c')
    expect(bodies()).toEqual(['meow b', 'meow a'])
    expect(pill().text()).toBe('Show 1 new meow')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(bodies()).toHaveLength(3)
    expect(pill().exists()).toBe(false)
  })

  it('counts at most once a second', async () => {
    const { arrive, pill, scroll } = await begin('a')
    await scroll(500)
    await arrive('b')
    expect(pill().text()).toBe('Show 1 new meow')
    await arrive('c')
    await arrive('d')
    expect(pill().text()).toBe('Show 1 new meow')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(pill().text()).toBe('Show 3 new meows')
  })

  it('holds a paused list again after what waited was asked for', async () => {
    const { bodies, arrive, pill, button } = await begin('a')
    await button('Pause').trigger('click')
    await arrive('b')
    await pill().trigger('click')
    await arrive('c')
    expect(bodies()).toEqual(['meow b', 'meow a'])
  })

  it('shows in its place what waited, then the top, then the way back for ten seconds', async () => {
    const { bodies, arrive, pill, scroll } = await begin('b', 'a')
    await scroll(500)
    await arrive('c')
    await pill().trigger('click')
    await vi.advanceTimersByTimeAsync(100)
    expect(bodies()).toHaveLength(3)
    expect(window.scrollY).toBe(500)
    await pill().trigger('click')
    await scroll(0)
    expect(document.activeElement?.id).toBe('timeline-heading')
    expect(pill().exists()).toBe(false)
  })

  it('says where one left off, and how many are new since', async () => {
    const { page, arrive, scroll } = await begin('b', 'a')
    await arrive('c')
    expect(page.find('.since').exists()).toBe(false)
    await scroll(500)
    await vi.advanceTimersByTimeAsync(600_000)
    await arrive('d', 'e')
    await scroll(0)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.get('[data-row=c] .since').text()).toBe('2 new since 14:02')
    expect(page.findAll('.since')).toHaveLength(1)
  })

  it('says nothing of that when nothing was new', async () => {
    const { page, arrive, scroll } = await begin('b', 'a')
    await scroll(500)
    await scroll(0)
    await arrive('c')
    expect(page.find('.since').exists()).toBe(false)
  })

  it('announces new meows every half a minute at most', async () => {
    const { status, arrive } = await begin('a')
    await arrive('b')
    expect(status()).toContain('1 new meow')
    await arrive('c', 'd')
    await vi.advanceTimersByTimeAsync(29_000)
    expect(status()).toContain('1 new meow')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(status()).toContain('2 new meows')
  })

  it.each(['Pause', 'the switch'])('announces nothing after %s', async (by) => {
    const { page, status, arrive, button } = await begin('a')
    if (by === 'Pause') {
      await button('Pause').trigger('click')
    } else {
      await button('How new meows come').trigger('click')
      await page.get('input[name=announcing]').setValue(false)
    }
    await arrive('b')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(status().join()).not.toContain('new meow')
  })
})

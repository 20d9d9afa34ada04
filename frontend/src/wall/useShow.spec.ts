import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Meow } from '../meow/meow'
import { useLives } from '../meow/useLives'
import { FakeServer } from '../testing/FakeServer'
import { aDeletion, aMeow, meows } from '../testing/meows'
import { use } from '../testing/render'
import { USUAL } from './options'
import { QUEUE, RECENT, STEPS } from './Show'
import { useShow } from './useShow'

function aShow(options = {}) {
  const lives = use(useLives)
  const hold = vi.spyOn(lives, 'hold')
  const show = use(() => useShow({ ...USUAL, ...options }, lives))
  const held = () => hold.mock.calls[0]?.[0]() ?? []
  const shown = () => show.screen.value.lines.map((meow) => meow?.id ?? '-').join(' ')
  return { ...show, lives, held, shown }
}

describe('useShow', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('goes on by itself', async () => {
    const { offer, screen, shown } = aShow({ lines: 1, pace: 8 })
    offer(meows('a', 'b', 'c'))
    await vi.advanceTimersByTimeAsync(0)
    expect(shown()).toBe('a')
    expect(screen.value.waiting).toBe(2)

    await vi.advanceTimersByTimeAsync(7_999)
    expect(shown()).toBe('a')
    await vi.advanceTimersByTimeAsync(1)
    expect(shown()).toBe('b')
    await vi.advanceTimersByTimeAsync(8_000)
    expect(shown()).toBe('c')
  })

  it('is paused until it goes on', async () => {
    const { offer, togglePause, paused, shown } = aShow({ lines: 1, pace: 8 })
    offer(meows('a', 'b'))
    await vi.advanceTimersByTimeAsync(0)
    togglePause()
    expect(paused.value).toBe(true)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(shown()).toBe('a')
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(shown()).toBe('a')

    togglePause()
    await vi.advanceTimersByTimeAsync(8_000)
    expect(shown()).toBe('b')
  })

  it('has nothing of what is deleted, wherever it was', async () => {
    const { begin, offer, held, lives, shown, screen } = aShow({ lines: 1 })
    begin(meows('b', 'a'))
    offer(meows('c'))
    for (const id of ['a', 'b', 'c']) lives.learn(aDeletion(id))
    await nextTick()

    expect(shown()).toBe('-')
    expect(screen.value.waiting).toBe(0)
    expect(held()).toEqual([])
  })

  it('has the new text of what is edited, unless it is none of the wall any more', async () => {
    const { begin, lives, screen } = aShow({ lines: 2, tag: 'fest' })
    const text = (id: string, body: string, revision = 2): Meow => aMeow({ id, body, revision })
    begin([text('b', '#fest b', 1), text('a', '#fest a', 1)])
    lives.learn(text('b', 'b, edited, at the #Fest'))
    lives.learn(text('a', 'a, edited'))
    await nextTick()

    expect(screen.value.lines.map((meow) => meow?.body)).toEqual([
      'b, edited, at the #Fest',
      undefined,
    ])
  })

  it('holds no more after eight hours at one a second than is bounded', async () => {
    const { offer, held, lives, screen } = aShow()
    const body = 'about fifty characters, as people write them mostly'
    const sizes: number[] = []
    for (let second = 0; second < 8 * 3_600; second += 1) {
      const id = `m${second}`
      offer([aMeow({ id, body })])
      if (second % 20 === 7) lives.learn(aMeow({ id, body: `${body}!`, revision: 2 }))
      if (second % 30 === 9) lives.learn(aDeletion(id))
      vi.advanceTimersByTime(1_000)
      if (second % 60 === 0) await nextTick()
      if (second % 3_600 === 3_599) sizes.push(held().length)
    }

    expect(sizes).toHaveLength(8)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5 + RECENT + QUEUE + 2 * STEPS)
    expect(Math.max(...sizes.slice(1)) - Math.min(...sizes.slice(1))).toBeLessThan(RECENT)
    expect(screen.value.waiting).toBeLessThanOrEqual(QUEUE)
    expect(vi.getTimerCount()).toBe(1)
  }, 60_000)
})

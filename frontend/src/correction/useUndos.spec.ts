import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { use } from '../testing/render'
import { CAPACITY, useUndos } from './useUndos'

const KEY = 'meower.undo'

const undo = (token: string, window = 900_000) => ({ token, window })

describe('useUndos', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('keeps a token for as long as it holds', async () => {
    const undos = use(useUndos)
    undos.add('a', undo('t-1', 60_000))
    expect(undos.of('a')).toBe('t-1')
    await vi.advanceTimersByTimeAsync(55_000)
    expect(undos.of('a')).toBe('t-1')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(undos.of('a')).toBeNull()
  })

  it('has it after a reload, too', async () => {
    use(useUndos).add('a', undo('t-1'))
    await nextTick()
    expect(use(useUndos).of('a')).toBe('t-1')
  })

  it('knows what another tab has posted', () => {
    const undos = use(useUndos)
    const entries = [{ id: 'b', token: 't-2', until: Date.now() + 1_000 }]
    window.dispatchEvent(
      new StorageEvent('storage', {
        key: KEY,
        newValue: JSON.stringify(entries),
        storageArea: localStorage,
      }),
    )
    expect(undos.of('b')).toBe('t-2')
  })

  it('drops one', () => {
    const undos = use(useUndos)
    undos.add('a', undo('t-1'))
    undos.add('b', undo('t-2'))
    undos.drop('a')
    expect(undos.of('a')).toBeNull()
    expect(undos.of('b')).toBe('t-2')
  })

  it('keeps a bounded number, the newest', () => {
    const undos = use(useUndos)
    for (let post = 0; post <= CAPACITY; post += 1) undos.add(`m${post}`, undo(`t-${post}`))
    expect(undos.of('m0')).toBeNull()
    expect(undos.of('m1')).toBe('t-1')
    expect(undos.of(`m${CAPACITY}`)).toBe(`t-${CAPACITY}`)
  })

  it('keeps none that is over', async () => {
    const undos = use(useUndos)
    undos.add('over', undo('t', 1_000))
    await vi.advanceTimersByTimeAsync(1_000)
    undos.add('a', undo('t-1'))
    await nextTick()
    expect(localStorage.getItem(KEY)).toContain('"a"')
    expect(localStorage.getItem(KEY)).not.toContain('over')
  })

  it.each([
    '',
    'nonsense',
    '7',
    'null',
    '{"id":"a"}',
    '[null, 7, {"id":"a"}, {"id":"a","token":1}]',
  ])('is not disturbed by %j in its place', (text) => {
    localStorage.setItem(KEY, text)
    const undos = use(useUndos)
    expect(undos.of('a')).toBeNull()
    undos.add('a', undo('t-1'))
    expect(undos.of('a')).toBe('t-1')
  })

  it('works for this page where nothing may be stored', () => {
    const storage = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const undos = use(useUndos)
    undos.add('a', undo('t-1'))
    expect(undos.of('a')).toBe('t-1')
    storage.mockRestore()
  })

  it('takes what is whole of what is broken', () => {
    const whole = { id: 'a', token: 't-1', until: Date.now() + 1_000 }
    localStorage.setItem(KEY, JSON.stringify([null, whole]))
    expect(use(useUndos).of('a')).toBe('t-1')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { use } from './testing/render'
import { useRetry } from './useRetry'

describe('useRetry', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('waits longer each time, up to fifteen seconds', () => {
    const waits: number[] = []
    let asked = 0
    const retry = use(() =>
      useRetry(() => {
        waits.push(Date.now() - asked)
      }),
    )
    for (let attempt = 0; attempt < 6; attempt += 1) {
      asked = Date.now()
      retry.later()
      vi.runAllTimers()
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  it('says how long it will be, also of a run that is already waiting', () => {
    const action = vi.fn()
    const retry = use(() => useRetry(action))
    expect(retry.later(5_000)).toBe(6_000)
    vi.advanceTimersByTime(4_000)
    expect(retry.later(60_000)).toBe(2_000)
    vi.advanceTimersByTime(2_000)
    expect(action).toHaveBeenCalledOnce()
  })

  it('comes no earlier than the server asks', () => {
    const action = vi.fn()
    const retry = use(() => useRetry(action))
    retry.later(5_000)
    vi.advanceTimersByTime(5_000)
    expect(action).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(action).toHaveBeenCalledOnce()
  })

  it('does not put off a run that is waiting', () => {
    const action = vi.fn()
    const retry = use(() => useRetry(action))
    retry.later()
    vi.advanceTimersByTime(900)
    retry.later()
    vi.advanceTimersByTime(100)
    expect(action).toHaveBeenCalledOnce()
    expect(retry.attempts()).toBe(1)
  })

  it('counts anew after it is settled', () => {
    const action = vi.fn()
    const retry = use(() => useRetry(action))
    retry.later()
    retry.settle()
    vi.runAllTimers()
    expect(action).not.toHaveBeenCalled()
    retry.later()
    vi.advanceTimersByTime(1_000)
    expect(action).toHaveBeenCalledOnce()
  })

  it('stops with its component', () => {
    const action = vi.fn()
    const scope = effectScope()
    scope.run(() => useRetry(action))?.later()
    scope.stop()
    vi.runAllTimers()
    expect(action).not.toHaveBeenCalled()
  })
})

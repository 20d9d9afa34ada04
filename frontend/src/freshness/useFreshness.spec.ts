import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeServer } from '../testing/FakeServer'
import { use } from '../testing/render'
import { CAPACITY, useFreshness } from './useFreshness'

let server: FakeServer

describe('useFreshness', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function aFeed(...positions: readonly string[]) {
    const freshness = use(useFreshness)
    for (const position of positions) freshness.seen(position)
    return {
      ...freshness,
      readNow: (position: string | null) => {
        freshness.read(position, Date.now())
      },
    }
  }

  it('finds a read behind that lacks what the feed brought seconds ago', () => {
    const { behind, readNow } = aFeed('e-1', 'e-2')
    vi.advanceTimersByTime(5_000)
    readNow('e-1')
    expect(behind.value).toBe(true)
  })

  it('forgives a read that lacks what came a moment ago', () => {
    const { behind, readNow } = aFeed('e-1', 'e-2')
    vi.advanceTimersByTime(4_999)
    readNow('e-1')
    expect(behind.value).toBe(false)
  })

  it('judges a slow answer by when it was asked for', () => {
    const { behind, read } = aFeed('e-1', 'e-2')
    const asked = Date.now()
    vi.advanceTimersByTime(9_000)
    read('e-1', asked)
    expect(behind.value).toBe(false)
  })

  it.each(['e-2', 'e-3', 'f-1', null])('finds a read at %j not behind', (position) => {
    const { behind, readNow } = aFeed('e-1', 'e-2')
    vi.advanceTimersByTime(60_000)
    readNow(position)
    expect(behind.value).toBe(false)
  })

  it('looks by itself until the reads have caught up', async () => {
    const { behind, readNow } = aFeed('e-1', 'e-2')
    vi.advanceTimersByTime(5_000)
    readNow('e-1')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.last.url.search).toBe('?take=1')
    await server.last.answer([], { 'Meower-Position': 'e-1' })
    expect(behind.value).toBe(true)
    await vi.advanceTimersByTimeAsync(2_000)
    await server.last.refuse(503, 'not now')
    expect(behind.value).toBe(true)
    await vi.advanceTimersByTimeAsync(4_000)
    await server.last.answer([], { 'Meower-Position': 'e-2' })
    expect(behind.value).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(3)
  })

  it('still knows where the reads stand after many meows', () => {
    const { behind, seen, readNow } = aFeed('e-0')
    for (let sequence = 1; sequence < 3 * CAPACITY; sequence += 1) seen(`e-${sequence}`)
    vi.advanceTimersByTime(5_000)
    readNow('e-0')
    expect(behind.value).toBe(true)
  })

  it('does not look before it has waited', () => {
    const { readNow } = aFeed('e-1', 'e-2')
    vi.advanceTimersByTime(5_000)
    readNow('e-1')
    vi.advanceTimersByTime(499)
    expect(server.requests).toHaveLength(0)
  })
})

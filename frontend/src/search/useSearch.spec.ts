import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import type { Sort } from '../api'
import { useFreshness } from '../freshness/useFreshness'
import { FakeServer } from '../testing/FakeServer'
import { idsOf, meows } from '../testing/meows'
import { use } from '../testing/render'
import { useSearch } from './useSearch'

let server: FakeServer

const many = (count: number, name = 'm') =>
  meows(...Array.from({ length: count }, (_, index) => `${name}${index}`))

function aSearch(first = '') {
  const query = ref(first)
  const sort = ref<Sort>('relevance')
  const freshness = use(useFreshness)
  const search = use(() =>
    useSearch(
      () => query.value,
      () => sort.value,
      freshness,
    ),
  )
  const type = async (text: string, wait = 200) => {
    query.value = text
    await vi.advanceTimersByTimeAsync(wait)
  }
  return { ...search, freshness, query, sort, type, ids: () => idsOf(search.meows.value) }
}

const asked = () => server.requests.map(({ url }) => url.searchParams.get('query'))

describe('useSearch', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('asks nothing for nothing', async () => {
    const { answered, busy } = aSearch()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.requests).toHaveLength(0)
    expect(answered.value).toBeNull()
    expect(busy.value).toBe(false)
  })

  it('asks at once for a search that was shared', async () => {
    const { ids, total, answered } = aSearch('cats')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.answer(meows('b', 'a'), { 'Meower-Total': '7' })
    expect(ids()).toBe('b a')
    expect(total.value).toBe(7)
    expect(answered.value).toBe('cats')
  })

  it('searches again when the index has caught up', async () => {
    const { ids, freshness } = aSearch('cats')
    freshness.seen('e-1')
    freshness.seen('e-2')
    await vi.advanceTimersByTimeAsync(6_000)
    const [early] = server.requests
    await early?.answer(meows('a'), { 'Meower-Position': 'e-1' })
    expect(freshness.behind.value).toBe(false)
    await vi.advanceTimersByTimeAsync(0)
    freshness.read('e-1', Date.now())
    expect(freshness.behind.value).toBe(true)
    await nextTick()
    freshness.read('e-2', Date.now())
    await vi.advanceTimersByTimeAsync(0)
    expect(server.requests).toHaveLength(2)
    await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
    expect(ids()).toBe('b a')
  })

  it('waits until the fingers rest', async () => {
    const { type, busy } = aSearch()
    await type('c', 100)
    await type('ca', 100)
    await type('cat', 199)
    expect(busy.value).toBe(true)
    expect(asked()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(asked()).toEqual(['cat'])
  })

  it('drops the answer to an earlier question, even when it comes last', async () => {
    server.deaf = true
    const { type, ids, answered } = aSearch()
    await type('cat')
    const early = server.last
    await type('dog')
    expect(early.aborted).toBe(true)
    await server.last.answer(meows('dog'))
    await early.answer(meows('cat'))
    expect(ids()).toBe('dog')
    expect(answered.value).toBe('dog')
  })

  it('drops an answer that comes while the next question is being typed', async () => {
    server.deaf = true
    const { type, ids } = aSearch()
    await type('cat')
    await type('cats', 50)
    await server.last.answer(meows('cat'))
    expect(ids()).toBe('')
  })

  it('keeps the last answer until the next one is there', async () => {
    const { type, ids, busy, answered } = aSearch()
    await type('cat')
    await server.last.answer(meows('a'))
    await type('cats')
    expect(ids()).toBe('a')
    expect(busy.value).toBe(true)
    expect(answered.value).toBe('cat')
  })

  it('shows nothing any more when the field is emptied', async () => {
    const { type, ids, answered } = aSearch()
    await type('cat')
    await server.last.answer(meows('a'))
    await type('')
    expect(ids()).toBe('')
    expect(answered.value).toBeNull()
    expect(server.requests).toHaveLength(1)
  })

  it('asks at once in the other order', async () => {
    const { sort } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    sort.value = 'newest'
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.last.url.searchParams.get('sort')).toBe('newest')
  })

  it('loads more, nobody twice', async () => {
    const { ids, loadMore, more } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.answer(many(50))
    expect(more.value).toBe(true)
    loadMore()
    loadMore()
    expect(server.requests).toHaveLength(2)
    expect(server.last.url.searchParams.get('skip')).toBe('50')
    await server.last.answer(meows('m49', 'x'))
    expect(ids()).toBe(`${idsOf(many(50))} x`)
    expect(more.value).toBe(false)
  })

  it('never asks beyond what the server can skip', async () => {
    const { loadMore, more } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    for (let page = 0; page < 200; page += 1) {
      expect(more.value).toBe(page > 0)
      if (page > 0) loadMore()
      await server.last.answer(many(50, `p${page}-`))
    }
    expect(server.last.url.searchParams.get('skip')).toBe('9950')
    expect(more.value).toBe(false)
  })

  it('says so when search is not available, and tries again by itself', async () => {
    const { problem, ids, answered } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.refuse(503, 'Search is being restored.', { 'Retry-After': '3' })
    expect(problem.value?.message).toBe('Search is being restored.')
    expect(answered.value).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(server.requests).toHaveLength(2)
    await server.last.answer(meows('a'))
    expect(problem.value).toBeNull()
    expect(ids()).toBe('a')
  })

  it('tries for the same page again', async () => {
    const { loadMore, ids } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.answer(many(50))
    loadMore()
    await server.last.refuse(503, 'down')
    loadMore()
    expect(server.requests).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.last.url.searchParams.get('skip')).toBe('50')
    await server.last.answer(meows('x'))
    expect(ids()).toMatch(/^m0 .* x$/)
  })

  it('does not repeat what the server will never answer', async () => {
    const { problem } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.refuse(400, 'query is too long')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(1)
    expect(problem.value?.message).toBe('query is too long')
  })

  it('stops trying for what is no longer asked', async () => {
    const { type } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.refuse(503, 'down')
    await type('')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(1)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { Sort } from '../api'
import { useFreshness } from '../freshness/useFreshness'
import { useLives } from '../meow/useLives'
import { aLiveness } from '../testing/aLiveness'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aDeletion, aMeow, anEdit, idsOf, meows } from '../testing/meows'
import { use } from '../testing/render'
import { MOST, useFindings } from './useFindings'
import { useSearch } from './useSearch'

let server: FakeServer

const many = (count: number, name = 'm') =>
  meows(...Array.from({ length: count }, (_, index) => `${name}${index}`))

function aSearch(first = '', order: Sort = 'relevance') {
  const query = ref(first)
  const sort = ref<Sort>(order)
  const reading = ref(false)
  const freshness = use(useFreshness)
  const lives = use(useLives)
  const liveness = aLiveness()
  const search = use(() =>
    useSearch(
      () => query.value,
      () => sort.value,
      () => reading.value,
      freshness,
      lives,
      liveness,
    ),
  )
  const type = async (text: string, wait = 200) => {
    query.value = text
    await vi.advanceTimersByTimeAsync(wait)
  }
  const ids = () => idsOf(search.meows.value)
  return { ...search, freshness, lives, liveness, query, sort, reading, type, ids }
}

const asked = () => server.requests.map(({ url }) => url.searchParams.get('query'))

describe('useSearch', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server = FakeServer.install()
    FakeWebSocket.install()
    FakeEventSource.install()
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

  it('knows whether all that is found was counted', async () => {
    const { total, exact } = aSearch('cats')
    expect(exact.value).toBe(true)
    await vi.advanceTimersByTimeAsync(0)
    const total1000 = { 'Meower-Total': '1000', 'Meower-Total-Relation': 'at-least' }
    await server.last.answer(meows('b', 'a'), total1000)
    expect(total.value).toBe(1_000)
    expect(exact.value).toBe(false)
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
    await server.last.answer(many(50), { 'Meower-Position': 'e-70' })
    expect(more.value).toBe(true)
    loadMore()
    loadMore()
    expect(server.requests).toHaveLength(2)
    expect(server.last.url.searchParams.get('skip')).toBe('50')
    expect(server.last.url.searchParams.get('position')).toBe('e-70')
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
  }, 30_000)

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

  describe('with a question whose answer is paged to its end', () => {
    /** 150 results, and the request for the rest of them as it was last made. */
    async function paged() {
      const search = aSearch('cat')
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(many(50, 'a'))
      search.loadMore()
      await server.last.answer(many(50, 'b'))
      search.loadMore()
      await server.last.answer(many(30, 'c'))
      expect(search.meows.value).toHaveLength(130)
      return search
    }
    const skip = () => server.last.url.searchParams.get('skip')

    it('answers the next question from its beginning, also when Enter was faster', async () => {
      const { type, askNow, ids, total } = await paged()
      await type('harbour', 50)
      askNow()
      expect(asked().at(-1)).toBe('harbour')
      expect(skip()).toBeNull()
      await server.last.answer(meows('x'), { 'Meower-Total': '1' })
      expect(ids()).toBe('x')
      expect(total.value).toBe(1)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(server.requests).toHaveLength(4)
    })

    it('begins anew in the other order', async () => {
      const { sort, askNow, ids } = await paged()
      sort.value = 'newest'
      await nextTick()
      askNow()
      expect(skip()).toBeNull()
      await server.last.answer(meows('x'))
      expect(ids()).toBe('x')
    })

    it('retries the next question from its beginning', async () => {
      const { type, retryNow, ids } = await paged()
      await type('harbour')
      await server.last.refuse(503, 'down')
      await vi.advanceTimersByTimeAsync(1_000)
      expect(skip()).toBeNull()
      await server.last.refuse(503, 'down')
      retryNow()
      expect(skip()).toBeNull()
      await server.last.answer(meows('x'))
      expect(ids()).toBe('x')
    })

    it('asks it anew with Enter', async () => {
      const { askNow, ids } = await paged()
      askNow()
      expect(asked().at(-1)).toBe('cat')
      expect(skip()).toBeNull()
      await server.last.answer(meows('x'))
      expect(ids()).toBe('x')
    })

    it('leaves the list when the index has caught up', async () => {
      const { freshness, ids } = await paged()
      freshness.seen('e-1')
      freshness.seen('e-2')
      await vi.advanceTimersByTimeAsync(6_000)
      freshness.read('e-1', Date.now())
      await nextTick()
      freshness.read('e-2', Date.now())
      await nextTick()
      expect(server.requests).toHaveLength(3)
      expect(ids()).toMatch(/^a0 .* c29$/)
    })
  })

  it.each(['dog', 'cat'])(
    'loads no more of an answer to another question than %s',
    async (next) => {
      const { type, sort, loadMore, more, current } = aSearch('cat')
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(many(50))
      expect(current.value).toBe(true)
      if (next === 'cat') sort.value = 'newest'
      await type(next)
      expect(current.value).toBe(false)
      expect(more.value).toBe(false)
      loadMore()
      await server.last.refuse(503, 'down')
      loadMore()
      expect(more.value).toBe(false)
      expect(server.requests).toHaveLength(2)
    },
  )

  it('asks nothing for nothing, however often Enter is pressed', async () => {
    const { askNow, busy, problem } = aSearch('')
    askNow()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.requests).toHaveLength(0)
    expect(busy.value).toBe(false)
    expect(problem.value).toBeNull()
  })

  it('takes back a refusal with the question that was refused, not an outage', async () => {
    const { type, problem } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.refuse(400, 'query is too long')
    await type('dog', 50)
    expect(problem.value).toBeNull()
    await vi.advanceTimersByTimeAsync(150)
    await server.last.refuse(503, 'down')
    await type('bird', 50)
    expect(problem.value?.message).toBe('down')
  })

  it('stops trying for what is no longer asked', async () => {
    const { type } = aSearch('cat')
    await vi.advanceTimersByTimeAsync(0)
    await server.last.refuse(503, 'down')
    await type('')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(1)
  })
  describe('when meows are edited and deleted', () => {
    async function found(...list: readonly unknown[]) {
      const search = aSearch('cat')
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(list, { 'Meower-Total': String(list.length) })
      return search
    }

    it('lets go of a deleted one and counts it no more', async () => {
      const { lives, ids, total } = await found(...meows('b', 'a'))
      lives.learn(aDeletion('b'))
      expect(ids()).toBe('a')
      expect(total.value).toBe(1)
    })

    it('shows none that the index still has', async () => {
      const { lives, ids, total, askNow } = await found()
      lives.learn(aDeletion('b'))
      askNow()
      await server.last.answer(meows('b', 'a'), { 'Meower-Total': '2' })
      expect(ids()).toBe('a')
      expect(total.value).toBe(1)
    })

    it('shows the new text, with the marks that still fit it', async () => {
      const matches = [
        { start: 0, end: 3 },
        { start: 6, end: 9 },
      ]
      const body = 'cat a cat'
      const { lives, meows: list } = await found({ ...aMeow({ body }), matches })
      lives.learn(anEdit('a', 2, 'cat the cat'))
      expect(list.value).toEqual([
        { ...anEdit('a', 2, 'cat the cat'), matches: [{ start: 0, end: 3 }] },
      ])
    })

    it('asks about what it shows when changes may have been missed', async () => {
      const { lives, ids } = await found(...meows('b', 'a'))
      lives.doubt(new Set())
      expect(server.last.url.searchParams.get('ids')).toBe('b,a')
      await server.last.answer([aMeow(), aDeletion('b')])
      expect(ids()).toBe('a')
    })

    it('asks about an answer that was under way then', async () => {
      const { lives, ids, type } = await found()
      await type('cats')
      const early = server.last
      lives.doubt(new Set())
      await early.answer(meows('b', 'a'))
      expect(server.last.url.searchParams.get('ids')).toBe('b,a')
      await server.last.answer([aDeletion('b')])
      expect(ids()).toBe('a')
    })

    it('leaves out no result of the next page because one above it is deleted', async () => {
      const { lives, total, loadMore, ids } = await found(...many(50))
      lives.learn(aDeletion('m7'))
      loadMore()
      expect(server.last.url.searchParams.get('skip')).toBe('49')
      await server.last.answer(many(50, 'n'), { 'Meower-Total': '120' })
      expect(total.value).toBe(120)
      expect(ids().split(' ')).toHaveLength(99)
      lives.learn(aDeletion('n3'))
      expect(total.value).toBe(119)
      loadMore()
      expect(server.last.url.searchParams.get('skip')).toBe('98')
    })
  })

  describe('what is posted meanwhile', () => {
    const followed = () => new URL(FakeWebSocket.last.url).searchParams

    async function follow(order: Sort, ...found: readonly string[]) {
      const search = aSearch('cats ', order)
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(meows(...found), { 'Meower-Position': 'e-7' })
      FakeWebSocket.last.hello('e-7', true)
      return search
    }

    async function post(...ids: readonly string[]) {
      for (const id of ids) FakeWebSocket.last.meow(aMeow({ id, matches: [{ start: 0, end: 1 }] }))
      await vi.advanceTimersByTimeAsync(100)
    }

    it('is followed right behind the answer', async () => {
      await follow('newest', 'a')
      expect(followed().get('query')).toBe('cats ')
      expect(followed().get('after')).toBe('e-7')
    })

    it('comes on top of the newest, marked and once', async () => {
      const { ids, meows: shown, total, arrived } = await follow('newest', 'a')
      await post('b', 'c', 'b')
      expect(ids()).toBe('c b a')
      expect(shown.value[0]?.matches).toEqual([{ start: 0, end: 1 }])
      expect(arrived.value).toBe(2)
      expect(total.value).toBe(1)
    })

    it('waits while somebody reads, and no longer', async () => {
      const { ids, waiting, reading } = await follow('newest', 'a')
      await post('b')
      reading.value = true
      await nextTick()
      await post('c', 'd')
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(2)
      reading.value = false
      await nextTick()
      expect(ids()).toBe('d c b a')
      expect(waiting.value).toBe(0)
    })

    it('leaves the best matches as they are until they are asked for anew', async () => {
      const { ids, waiting, release } = await follow('relevance', 'a')
      await post('b', 'c')
      expect(ids()).toBe('a')
      expect(waiting.value).toBe(2)
      release()
      await server.last.answer(meows('c', 'a', 'b'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('c a b')
      expect(waiting.value).toBe(0)
      expect(followed().get('after')).toBe('e-9')
    })

    it('does not count what was deleted', async () => {
      const { waiting, lives } = await follow('relevance', 'a')
      await post('b', 'c')
      lives.follow([{ kind: 'deleted', deletion: aDeletion('b'), position: null }])
      expect(waiting.value).toBe(1)
    })

    it('is of no other question', async () => {
      const { ids, type } = await follow('newest', 'a')
      await post('b')
      const socket = FakeWebSocket.last
      socket.meow(aMeow({ id: 'late' }))
      await type('dogs')
      expect(socket.closedByPage).toBe(true)
      expect(ids()).toBe('late b a')
      await server.last.answer(meows('dog'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('dog')
      expect(followed().get('query')).toBe('dogs')
    })

    it.each(['gap', 'epoch'])('is asked for again after a %s', async (kind) => {
      const { ids } = await follow('newest', 'a')
      if (kind === 'gap') FakeWebSocket.last.send({ kind: 3, from: 'e-7', to: 'e-9' })
      else FakeWebSocket.last.hello('f-1', false)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(server.requests).toHaveLength(2)
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'f-1' })
      expect(ids()).toBe('b a')
      expect(followed().get('after')).toBe('f-1')
    })

    it('is asked for again by whoever reads, when they want it', async () => {
      const { ids, reading, release } = await follow('newest', 'a')
      reading.value = true
      await nextTick()
      FakeWebSocket.last.send({ kind: 3, from: 'e-7', to: 'e-9' })
      await vi.advanceTimersByTimeAsync(2_000)
      expect(server.requests).toHaveLength(1)
      reading.value = false
      await nextTick()
      expect(server.requests).toHaveLength(2)
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('b a')
      release()
    })

    it('is not held beyond a bound', async () => {
      const { ids } = await follow('newest', 'a')
      const socket = FakeWebSocket.last
      await post(...Array.from({ length: MOST }, (_, index) => `n${index}`))
      expect(socket.closedByPage).toBe(true)
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('b'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('b')
    })

    it('is followed by another connection when the one of the timeline is found lost', async () => {
      const { ids, liveness } = await follow('newest', 'a')
      const silent = FakeWebSocket.last
      silent.hello('e-7', true)
      await post('b')
      liveness.lost.value += 1
      await nextTick()
      expect(silent.closedByPage).toBe(true)
      expect(FakeWebSocket.last).not.toBe(silent)
      await post('c')
      expect(ids()).toBe('c b a')
    })

    it('is asked for again when only reading gets through and something was posted', async () => {
      const { ids } = aSearch('cats', 'newest')
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-7' })
      for (const way of [FakeWebSocket, FakeWebSocket, FakeEventSource, FakeEventSource]) {
        way.last.breakOff()
        await vi.advanceTimersByTimeAsync(1_000)
      }
      expect(server.last.url.pathname).toBe('/meows')
      await server.last.answer([], { 'Meower-Position': 'e-8' })
      await vi.advanceTimersByTimeAsync(1_000)
      expect(server.last.url.pathname).toBe('/search')
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-8' })
      expect(ids()).toBe('b a')
    })

    it('is not followed when nobody says from where', async () => {
      aSearch('cats')
      await vi.advanceTimersByTimeAsync(0)
      await server.last.answer(meows('a'))
      expect(FakeWebSocket.opened).toHaveLength(0)
    })

    it('ends with the view', () => {
      const scope = effectScope()
      scope.run(() => {
        useFindings(() => undefined, aLiveness()).follow('cats', 'e-7')
      })
      expect(FakeWebSocket.last.closedByPage).toBe(false)
      scope.stop()
      expect(FakeWebSocket.last.closedByPage).toBe(true)
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useFreshness } from '../freshness/useFreshness'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, idsOf, meows } from '../testing/meows'
import { use } from '../testing/render'
import { CAPACITY, useTimeline } from './useTimeline'

let server: FakeServer

const many = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => `${name}${count - index}`)

function arrive(id: string, position?: string) {
  FakeWebSocket.last.meow(aMeow({ id }), position)
  vi.advanceTimersByTime(100)
}

function begin() {
  const freshness = use(useFreshness)
  const timeline = use(() => useTimeline(freshness))
  return { ...timeline, behind: freshness.behind, ids: () => idsOf(timeline.shown.value) }
}

/** A timeline that has loaded its page and greeted the feed that begins there. */
async function aTimeline(...ids: readonly string[]) {
  const timeline = begin()
  await server.last.answer(meows(...ids), { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  return timeline
}

/** Breaks the connection off; the next one cannot resume, unless it is said so. */
async function reconnect(position = 'e-9', resumed = false) {
  const opened = FakeWebSocket.opened.length
  FakeWebSocket.last.breakOff()
  while (FakeWebSocket.opened.length === opened) await vi.advanceTimersByTimeAsync(100)
  FakeWebSocket.last.hello(position, resumed)
}

const after = () => new URL(FakeWebSocket.last.url).searchParams.get('after')

describe('useTimeline', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  describe('beginning', () => {
    it('loads the page first and opens the feed where it ends', async () => {
      begin()
      expect(server.last.url.pathname).toBe('/meows')
      expect(FakeWebSocket.opened).toHaveLength(0)
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
      expect(after()).toBe('e-1')
    })

    it('has what was posted between the page and the feed, and asks nothing more', async () => {
      const { ids } = await aTimeline('b', 'a')
      arrive('c', 'e-2')
      arrive('d', 'e-3')
      expect(ids()).toBe('d c b a')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(1)
    })

    it('opens the feed all the same when the page does not come', async () => {
      const { ids } = begin()
      vi.advanceTimersByTime(2_000)
      expect(after()).toBeNull()
      FakeWebSocket.last.hello('e-3')
      await server.last.answer(meows('c', 'b', 'a'), { 'Meower-Position': 'e-3' })
      expect(server.requests).toHaveLength(2)
      expect(FakeWebSocket.opened).toHaveLength(1)
      expect(ids()).toBe('c b a')
    })

    it('reloads once when the feed cannot begin where the page ends', async () => {
      const { ids } = begin()
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'd-9' })
      FakeWebSocket.last.hello('e-3')
      arrive('d', 'e-4')
      await server.last.answer(meows('d', 'c', 'b', 'a'), { 'Meower-Position': 'e-4' })
      expect(ids()).toBe('d c b a')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(2)
    })

    it('asks again when the reloaded page ends before the feed begins', async () => {
      const { ids } = begin()
      await server.last.answer(meows('a'), { 'Meower-Position': 'd-9' })
      FakeWebSocket.last.hello('e-3')
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
      arrive('d', 'e-4')
      expect(ids()).toBe('d a')
      await vi.advanceTimersByTimeAsync(1_000)
      expect(server.requests).toHaveLength(3)
      await server.last.answer(meows('d', 'c', 'b', 'a'), { 'Meower-Position': 'e-4' })
      expect(ids()).toBe('d c b a')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(3)
    })

    it('does not ask again once the feed reaches the position of the page', async () => {
      begin()
      vi.advanceTimersByTime(2_000)
      FakeWebSocket.last.hello('e-1')
      await server.last.answer(meows('c', 'b', 'a'), { 'Meower-Position': 'e-3' })
      const asked = server.requests.length
      arrive('b', 'e-2')
      arrive('c', 'e-3')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(asked)
    })

    it('stops asking a page that never catches up until something new arrives', async () => {
      const { ids } = begin()
      vi.advanceTimersByTime(2_000)
      FakeWebSocket.last.hello('e-9')
      for (let request = 2; request <= 8; request += 1) {
        expect(server.requests).toHaveLength(request)
        await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
        await vi.advanceTimersByTimeAsync(15_000)
      }
      expect(server.requests).toHaveLength(8)
      arrive('b', 'e-10')
      await vi.advanceTimersByTimeAsync(15_000)
      expect(server.requests).toHaveLength(9)
      expect(ids()).toBe('b a')
    })
  })

  describe('while live', () => {
    it('puts meows on top in the order of the feed, not of id or time', async () => {
      const { ids } = await aTimeline('m')
      FakeWebSocket.last.meow(aMeow({ id: 'z', created_at: '2026-01-03T00:00:00Z' }), 'e-2')
      FakeWebSocket.last.meow(aMeow({ id: 'a', created_at: '2026-01-01T00:00:00Z' }), 'e-3')
      vi.advanceTimersByTime(100)
      expect(ids()).toBe('a z m')
    })

    it('shows the first meow at once and a crowd together', async () => {
      const { ids } = await aTimeline('a')
      FakeWebSocket.last.meow(aMeow({ id: 'b' }))
      expect(ids()).toBe('b a')
      FakeWebSocket.last.meow(aMeow({ id: 'c' }))
      FakeWebSocket.last.meow(aMeow({ id: 'd' }))
      expect(ids()).toBe('b a')
      vi.advanceTimersByTime(100)
      expect(ids()).toBe('d c b a')
    })

    it('shows a meow that is sent twice once', async () => {
      const { ids, arrived } = await aTimeline('a')
      arrive('b')
      arrive('b')
      arrive('a')
      expect(ids()).toBe('b a')
      expect(arrived.value).toBe(1)
    })

    it('fills in what a slow connection left out', async () => {
      const { ids } = await aTimeline('a')
      arrive('b', 'e-2')
      FakeWebSocket.last.send({ kind: 3, from: 'e-2', to: 'e-4' })
      arrive('e', 'e-5')
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('e', 'd', 'c', 'b', 'a'), { 'Meower-Position': 'e-5' })
      expect(ids()).toBe('e d c b a')
    })

    it('fills in more than a page of what was left out, in order and once', async () => {
      const { ids } = await aTimeline('a')
      const left = many(120)
      FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-121' })
      arrive('z', 'e-122')
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('z', ...left.slice(0, 49)), { 'Meower-Position': 'e-122' })
      expect(server.last.url.searchParams.get('before')).toBe(left[48])
      await server.last.answer(meows(...left.slice(49, 99)), { 'Meower-Position': 'e-122' })
      expect(server.last.url.searchParams.get('before')).toBe(left[98])
      await server.last.answer(meows(...left.slice(99), 'a'), { 'Meower-Position': 'e-122' })
      expect(ids()).toBe(`z ${left.join(' ')} a`)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(4)
    })

    it('does not take a page from before a gap for one that fills it', async () => {
      const { ids } = await aTimeline('a')
      FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-3' })
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
      await vi.advanceTimersByTimeAsync(2_000)
      await server.last.answer(meows('c', 'b', 'a'), { 'Meower-Position': 'e-3' })
      expect(ids()).toBe('c b a')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(3)
    })

    it('does not take a page from before a broken frame for one that has it', async () => {
      const { ids } = await aTimeline('a')
      FakeWebSocket.last.raw('{')
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
      await vi.advanceTimersByTimeAsync(2_000)
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
      expect(ids()).toBe('b a')
    })

    it('does not fill in more than it can carry', async () => {
      const { ids, older } = await aTimeline('a')
      FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-9' })
      await vi.advanceTimersByTimeAsync(1_000)
      for (let page = 0; page < 6; page += 1) {
        expect(server.requests).toHaveLength(page + 2)
        await server.last.answer(meows(...many(50, `p${page}-`)), { 'Meower-Position': 'e-9' })
      }
      expect(server.requests).toHaveLength(7)
      expect(ids().split(' ')).toHaveLength(300)
      expect(older.more.value).toBe(true)
    })

    it('keeps no more than it can carry and can load the rest again', async () => {
      const { ids, older } = await aTimeline('a')
      for (const id of many(CAPACITY).reverse()) FakeWebSocket.last.meow(aMeow({ id }))
      vi.advanceTimersByTime(100)
      expect(ids().split(' ')).toHaveLength(300)
      expect(ids()).toMatch(new RegExp(`^m${CAPACITY} `))
      expect(older.more.value).toBe(true)
    })
  })

  describe('after a reconnect', () => {
    it('has what was posted meanwhile', async () => {
      const { ids } = await aTimeline('b', 'a')
      await reconnect('e-4')
      arrive('e', 'e-5')
      await server.last.answer(meows('d', 'c', 'b'), { 'Meower-Position': 'e-4' })
      expect(ids()).toBe('e d c b a')
    })

    it('replaces the list when too much happened to connect it', async () => {
      const { ids, older } = await aTimeline('b', 'a')
      await reconnect()
      const page = many(300)
      for (let start = 0; start < 300; start += 50) {
        const part = meows(...page.slice(start, start + 50))
        await server.last.answer(part, { 'Meower-Position': 'e-9' })
      }
      expect(ids()).toBe(page.join(' '))
      expect(older.more.value).toBe(true)
    })

    it('resumes after the last meow and loads nothing', async () => {
      const { ids } = await aTimeline('a')
      arrive('b', 'e-2')
      await reconnect('e-2', true)
      expect(after()).toBe('e-2')
      arrive('c', 'e-3')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(1)
      expect(ids()).toBe('c b a')
    })

    it('drops the answer to a question from before', async () => {
      server.deaf = true
      const { ids } = await aTimeline('a')
      await reconnect('e-2')
      const early = server.last
      await reconnect('e-3')
      expect(early.aborted).toBe(true)
      await server.last.answer(meows('c', 'b', 'a'), { 'Meower-Position': 'e-3' })
      await early.answer(meows('z'), { 'Meower-Position': 'e-2' })
      expect(ids()).toBe('c b a')
    })
  })

  describe('when the timeline is not available', () => {
    it('says so, goes on with the feed, and tries again by itself', async () => {
      const { shown, problem, loaded } = begin()
      await server.last.refuse(503, 'The timeline is being restored.', { 'Retry-After': '2' })
      FakeWebSocket.last.hello('e-1')
      await server.last.refuse(503, 'The timeline is being restored.', { 'Retry-After': '2' })
      expect(problem.value?.message).toBe('The timeline is being restored.')
      expect(loaded.value).toBe(false)
      arrive('b', 'e-2')
      expect(idsOf(shown.value)).toBe('b')
      await vi.advanceTimersByTimeAsync(2_899)
      expect(server.requests).toHaveLength(2)
      await vi.advanceTimersByTimeAsync(1)
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
      expect(problem.value).toBeNull()
      expect(idsOf(shown.value)).toBe('b a')
    })

    it('has everything after reconnects during the outage', async () => {
      const { ids } = await aTimeline('a')
      await reconnect('e-3')
      await server.last.refuse(503, 'down')
      arrive('d', 'e-4')
      await reconnect('e-5')
      await server.last.refuse(503, 'down')
      arrive('f', 'e-6')
      expect(ids()).toBe('f d a')
      await vi.advanceTimersByTimeAsync(2_000)
      await server.last.answer(meows('f', 'e', 'd', 'c', 'b', 'a'), { 'Meower-Position': 'e-6' })
      expect(ids()).toBe('f e d c b a')
    })
  })

  describe('while somebody reads further down', () => {
    it('lets new meows wait and counts them', async () => {
      const { ids, hold, release, waiting } = await aTimeline('b', 'a')
      hold()
      arrive('c')
      arrive('d')
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(2)
      release()
      expect(ids()).toBe('d c b a')
      expect(waiting.value).toBe(0)
    })

    it('lets those wait that a reconnect finds', async () => {
      const { ids, hold, waiting } = await aTimeline('b', 'a')
      hold()
      await reconnect('e-3')
      await server.last.answer(meows('d', 'c', 'b'), { 'Meower-Position': 'e-3' })
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(2)
    })

    it('goes on below without what waits above', async () => {
      const { ids, hold, older } = await aTimeline(...many(50))
      hold()
      arrive('new')
      void older.load()
      await server.last.answer(meows('old'))
      expect(ids()).toBe(`${many(50).join(' ')} old`)
    })

    it('does not keep more waiting than it can carry, and loads them anew', async () => {
      const { ids, hold, release, waiting } = await aTimeline('b', 'a')
      hold()
      for (const id of many(CAPACITY + 1).reverse()) FakeWebSocket.last.meow(aMeow({ id }))
      vi.advanceTimersByTime(100)
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(CAPACITY + 1)
      const before = server.requests.length
      arrive('n')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(before)
      expect(ids()).toBe('b a')
      release()
      expect(server.requests).toHaveLength(before + 1)
      await server.last.answer(meows('n', ...many(CAPACITY + 1).slice(0, 49)))
      expect(ids()).toMatch(new RegExp(`^n m${CAPACITY + 1} .* m302$`))
    })

    it('shows everything when what was read is gone', async () => {
      const { ids, hold, waiting } = await aTimeline('b', 'a')
      hold()
      await reconnect()
      await server.last.answer(meows('z', 'y'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('z y')
      expect(waiting.value).toBe(0)
    })
  })

  describe('for a meow of one’s own', () => {
    it('shows it at once and once', async () => {
      const { ids, add, arrived } = await aTimeline('a')
      add(aMeow({ id: 'own' }))
      expect(ids()).toBe('own a')
      arrive('own')
      expect(ids()).toBe('own a')
      expect(arrived.value).toBe(0)
    })

    it('gives it its place in the stream when the feed brings it', async () => {
      const { ids, add } = await aTimeline('a')
      add(aMeow({ id: 'own' }))
      arrive('b')
      expect(ids()).toBe('own b a')
      arrive('own')
      arrive('c')
      expect(ids()).toBe('c own b a')
    })

    it('does not double it when the feed was faster than the answer', async () => {
      const { ids, add } = await aTimeline('a')
      arrive('own')
      arrive('b')
      add(aMeow({ id: 'own' }))
      expect(ids()).toBe('b own a')
    })

    it('finds it in the page when the feed is away', async () => {
      const { ids, add } = await aTimeline('a')
      FakeWebSocket.last.breakOff()
      add(aMeow({ id: 'own' }))
      await vi.advanceTimersByTimeAsync(500)
      FakeWebSocket.last.hello('e-4')
      await server.last.answer(meows('b', 'own', 'a'), { 'Meower-Position': 'e-4' })
      expect(ids()).toBe('b own a')
    })

    it('does not push away what somebody reads', async () => {
      const { ids, add, hold, release, waiting } = await aTimeline('a')
      hold()
      arrive('b')
      add(aMeow({ id: 'own' }))
      expect(ids()).toBe('a')
      expect(waiting.value).toBe(2)
      release()
      expect(ids()).toBe('own b a')
    })
  })

  describe('further down', () => {
    it('loads what is older than the last meow, until there is no more', async () => {
      const { ids, older } = await aTimeline(...many(50))
      void older.load()
      expect(server.last.url.searchParams.get('before')).toBe('m1')
      await server.last.answer(meows('x', 'y'))
      expect(ids()).toMatch(/ m1 x y$/)
      expect(older.more.value).toBe(false)
      await older.load()
      expect(server.requests).toHaveLength(2)
    })

    it('asks one question at a time', async () => {
      const { older } = await aTimeline(...many(50))
      void older.load()
      void older.load()
      expect(server.requests).toHaveLength(2)
    })

    it('says so when they cannot be loaded, and tries again by itself', async () => {
      const { ids, older } = await aTimeline(...many(50))
      void older.load()
      await server.last.refuse(503, 'not now')
      expect(older.problem.value?.message).toBe('not now')
      await vi.advanceTimersByTimeAsync(1_000)
      await server.last.answer(meows('x'))
      expect(older.problem.value).toBeNull()
      expect(ids()).toMatch(/ m1 x$/)
    })

    it('forgets the failure of a page that belongs to a list which was replaced', async () => {
      const { older } = await aTimeline(...many(50))
      void older.load()
      const early = server.last
      await reconnect()
      await server.last.answer(meows('z'), { 'Meower-Position': 'e-9' })
      await early.refuse(503, 'not now')
      expect(older.problem.value).toBeNull()
      expect(older.loading.value).toBe(false)
    })

    it('does not say that it tries again when the list that replaced it is whole', async () => {
      const { older } = await aTimeline(...many(50))
      void older.load()
      await server.last.refuse(503, 'not now', { 'Retry-After': '10' })
      await reconnect()
      await server.last.answer(meows('z'), { 'Meower-Position': 'e-9' })
      const before = server.requests.length
      await vi.advanceTimersByTimeAsync(15_000)
      expect(older.problem.value).toBeNull()
      expect(server.requests).toHaveLength(before)
    })

    it('drops a page that belongs to a list which was replaced', async () => {
      const { ids, older } = await aTimeline(...many(50))
      void older.load()
      const early = server.last
      await reconnect()
      await server.last.answer(meows('z'), { 'Meower-Position': 'e-9' })
      await early.answer(meows('x'))
      expect(ids()).toBe('z')
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useFreshness } from '../freshness/useFreshness'
import { useLives } from '../meow/useLives'
import { aLiveness } from '../testing/aLiveness'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aDeletion, aMeow, anEdit, idsOf, meows } from '../testing/meows'
import { use } from '../testing/render'
import { CAPACITY } from './useLiveList'
import { useTimeline } from './useTimeline'

let server: FakeServer

const many = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => `${name}${count - index}`)

function arrive(id: string, position?: string) {
  FakeWebSocket.last.meow(aMeow({ id }), position)
  vi.advanceTimersByTime(100)
}

function begin() {
  const freshness = use(useFreshness)
  const lives = use(useLives)
  const timeline = use(() => useTimeline(freshness, lives, aLiveness()))
  return { ...timeline, lives, behind: freshness.behind, ids: () => idsOf(timeline.shown.value) }
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
    FakeEventSource.install()
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

    it('shows what waits, and lets what comes later wait again', async () => {
      const { ids, hold, show, waiting } = await aTimeline('b', 'a')
      hold()
      arrive('c')
      show()
      expect(ids()).toBe('c b a')
      arrive('d')
      expect(ids()).toBe('c b a')
      expect(waiting.value).toBe(1)
    })

    it('holds from the first page on when it was to hold before', async () => {
      const { ids, hold, waiting } = begin()
      hold()
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-1' })
      FakeWebSocket.last.hello('e-1', true)
      arrive('c')
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(1)
    })

    it('leaves the list as it is while others only wait', async () => {
      const { shown, hold } = await aTimeline('b', 'a')
      FakeWebSocket.last.edit(anEdit('a'))
      vi.advanceTimersByTime(100)
      hold()
      const before = shown.value
      arrive('c')
      expect(shown.value).toBe(before)
      FakeWebSocket.last.edit(anEdit('b'))
      vi.advanceTimersByTime(100)
      expect(shown.value.map(({ body }) => body)).toEqual(['b edited', 'a edited'])
    })

    it('does not keep more waiting than it can carry, and loads them anew', async () => {
      const { ids, hold, release, waiting, overfull } = await aTimeline('b', 'a')
      hold()
      expect(overfull.value).toBe(false)
      for (const id of many(CAPACITY + 1).reverse()) FakeWebSocket.last.meow(aMeow({ id }))
      vi.advanceTimersByTime(100)
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(CAPACITY + 1)
      const before = server.requests.length
      arrive('n')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(before)
      expect(ids()).toBe('b a')
      expect(overfull.value).toBe(true)
      release()
      expect(overfull.value).toBe(false)
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

    it('does not show it on top when it was posted long ago and only the answer is new', async () => {
      const { ids, add } = await aTimeline('a')
      add(aMeow({ id: 'own', created_at: '2026-01-02T03:03:04Z' }))
      expect(ids()).toBe('a')
      add(aMeow({ id: 'late', created_at: '2026-01-02T03:03:06Z' }))
      expect(ids()).toBe('late a')
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
  describe('when meows are edited and deleted', () => {
    const later = () => vi.advanceTimersByTime(100)
    const bodiesOf = ({ shown }: { shown: { value: readonly { body: string }[] } }) =>
      shown.value.map(({ body }) => body)

    it('shows the new text in the old place', async () => {
      const timeline = await aTimeline('c', 'b', 'a')
      FakeWebSocket.last.edit(anEdit('b'), 'e-2')
      expect(bodiesOf(timeline)).toEqual(['meow c', 'b edited', 'meow a'])
      expect(timeline.shown.value[1]).toEqual({ ...anEdit('b'), body: 'b edited' })
      expect(timeline.arrived.value).toBe(0)
    })

    it('lets go of a deleted one', async () => {
      const { ids, arrived } = await aTimeline('c', 'b', 'a')
      FakeWebSocket.last.delete('b', 'e-2')
      expect(ids()).toBe('c a')
      expect(arrived.value).toBe(0)
    })

    it('ignores an edit of a meow that it does not hold', async () => {
      const { ids } = await aTimeline('a')
      FakeWebSocket.last.edit(anEdit('z'), 'e-2')
      expect(ids()).toBe('a')
    })

    it('does not go back to an older text', async () => {
      const timeline = await aTimeline('a')
      FakeWebSocket.last.edit(anEdit('a', 3, 'third'), 'e-2')
      FakeWebSocket.last.edit(anEdit('a', 2, 'second'), 'e-3')
      later()
      expect(bodiesOf(timeline)).toEqual(['third'])
      await reconnect('e-9')
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-9' })
      expect(bodiesOf(timeline)).toEqual(['meow b', 'third'])
    })

    it('does not go back to a text older than the one that was read', async () => {
      const timeline = begin()
      await server.last.answer([anEdit('a', 3, 'third')], { 'Meower-Position': 'e-1' })
      FakeWebSocket.last.hello('e-1', true)
      FakeWebSocket.last.edit(anEdit('a', 2, 'second'), 'e-2')
      expect(bodiesOf(timeline)).toEqual(['third'])
    })

    it('has no text of a page that is older than the one before', async () => {
      const timeline = begin()
      await server.last.answer([anEdit('a', 3, 'third')], { 'Meower-Position': 'e-1' })
      FakeWebSocket.last.hello('e-1', true)
      await reconnect('e-9')
      await server.last.answer([anEdit('a', 2, 'second')], { 'Meower-Position': 'e-9' })
      expect(bodiesOf(timeline)).toEqual(['third'])
    })

    it('has a text that an older page is too old for', async () => {
      const timeline = await aTimeline(...many(50))
      void timeline.older.load()
      FakeWebSocket.last.edit(anEdit('old'), 'e-2')
      await server.last.answer(meows('old'))
      expect(bodiesOf(timeline).at(-1)).toBe('old edited')
    })

    const ways: Record<string, (timeline: ReturnType<typeof begin>) => unknown> = {
      'with a frame': () => {
        arrive('z')
      },
      'with an edit': () => {
        FakeWebSocket.last.edit(anEdit('z'))
      },
      'with the answer to its post': ({ add }) => {
        add(aMeow({ id: 'z' }))
      },
      'with an older page': ({ older }) => {
        void older.load()
        return server.last.answer(meows('z'))
      },
      'when runs are woven': async () => {
        await reconnect('e-9')
        await server.last.answer(meows('n', 'm50', 'z', 'm49'), { 'Meower-Position': 'e-9' })
      },
    }
    it.each(Object.keys(ways))('never shows again what was deleted, not %s', async (way) => {
      const timeline = await aTimeline(...many(50))
      FakeWebSocket.last.delete('z', 'e-2')
      later()
      await Promise.resolve(ways[way]?.(timeline))
      later()
      expect(timeline.ids().split(' ')).not.toContain('z')
      expect(timeline.shown.value.length).toBeGreaterThanOrEqual(50)
    })

    it('weaves no deleted one of its own back in', async () => {
      const { ids } = await aTimeline('c', 'b', 'a')
      FakeWebSocket.last.delete('b', 'e-2')
      await reconnect('e-9')
      await server.last.answer(meows('d', 'c', 'a'), { 'Meower-Position': 'e-9' })
      expect(ids()).toBe('d c a')
    })

    it('takes a deletion together with the meow, and announces nothing', async () => {
      const { ids, arrived } = await aTimeline('a')
      FakeWebSocket.last.meow(aMeow({ id: 'b' }), 'e-2')
      FakeWebSocket.last.meow(aMeow({ id: 'c' }), 'e-3')
      FakeWebSocket.last.meow(aMeow({ id: 'd' }), 'e-4')
      FakeWebSocket.last.delete('c', 'e-5')
      FakeWebSocket.last.delete('a', 'e-6')
      later()
      expect(ids()).toBe('d b')
      expect(arrived.value).toBe(2)
    })

    it('counts none that waits and was deleted', async () => {
      const { hold, release, waiting, ids } = await aTimeline('b', 'a')
      hold()
      arrive('c')
      arrive('d')
      FakeWebSocket.last.delete('c')
      later()
      expect(waiting.value).toBe(1)
      release()
      expect(ids()).toBe('d b a')
    })

    it('goes on holding when the topmost one that is read is deleted', async () => {
      const { hold, waiting, ids } = await aTimeline('b', 'a')
      hold()
      arrive('c')
      FakeWebSocket.last.delete('b')
      later()
      expect(ids()).toBe('a')
      expect(waiting.value).toBe(1)
    })

    it('loads older ones below a last one that was deleted', async () => {
      const { ids, older } = await aTimeline(...many(50))
      FakeWebSocket.last.delete('m1')
      void older.load()
      expect(server.last.url.searchParams.get('before')).toBe('m1')
      await server.last.answer(meows('x'))
      expect(ids()).toMatch(/ m2 x$/)
    })

    it('takes a page for whole that has the edit which the feed brought last', async () => {
      begin()
      vi.advanceTimersByTime(2_000)
      FakeWebSocket.last.hello('e-1')
      FakeWebSocket.last.edit(anEdit('a'), 'e-2')
      const asked = server.requests.length
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(asked)
    })

    it('reaches the position of the page with an edit or a deletion, too', async () => {
      begin()
      vi.advanceTimersByTime(2_000)
      FakeWebSocket.last.hello('e-1')
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-3' })
      const asked = server.requests.length
      FakeWebSocket.last.edit(anEdit('a'), 'e-2')
      FakeWebSocket.last.delete('b', 'e-3')
      later()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(asked)
    })
  })

  describe('when changes may have been missed', () => {
    const asked = () =>
      server.requests.flatMap(({ url }) => url.searchParams.get('ids')?.split(',') ?? [])

    it('asks what has become of all that the page read anew does not tell of', async () => {
      const { ids } = await aTimeline('d', 'c', 'b', 'a')
      await reconnect('e-9')
      await server.last.answer(meows('e', 'd', 'c'), { 'Meower-Position': 'e-9' })
      expect(asked()).toEqual(['b', 'a'])
      await server.last.answer([aDeletion('b'), anEdit('a')])
      expect(ids()).toBe('e d c a')
    })

    it('asks when the gap of a slow connection is filled, and not before', async () => {
      const { shown } = await aTimeline('b', 'a')
      arrive('c', 'e-2')
      FakeWebSocket.last.send({ kind: 3, from: 'e-2', to: 'e-4' })
      arrive('e', 'e-5')
      await vi.advanceTimersByTimeAsync(1_000)
      // It is behind: what it says of the others may be over as well.
      await server.last.answer(meows('c', 'b'), { 'Meower-Position': 'e-2' })
      expect(asked()).toEqual([])
      await vi.advanceTimersByTimeAsync(2_000)
      await server.last.answer(meows('e', 'd', 'c', 'b'), { 'Meower-Position': 'e-5' })
      expect(asked()).toEqual(['a'])
      await server.last.answer([anEdit('a')])
      expect(shown.value.map(({ body }) => body)).toContain('a edited')
    })

    it('asks once', async () => {
      const { reload } = await aTimeline('b', 'a')
      await reconnect('e-9')
      await server.last.answer(meows('c', 'b'), { 'Meower-Position': 'e-9' })
      await server.last.answer([aMeow()])
      await reconnect('e-9', true)
      void reload()
      await server.last.answer(meows('c', 'b'), { 'Meower-Position': 'e-9' })
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked()).toEqual(['a'])
    })

    it('asks all the same when the page never catches up', async () => {
      await aTimeline('b', 'a')
      await reconnect('e-9')
      for (let tries = 0; tries < 7; tries += 1) {
        expect(asked()).toEqual([])
        await server.last.answer(meows('b'), { 'Meower-Position': 'e-1' })
        await vi.advanceTimersByTimeAsync(15_000)
      }
      expect(asked()).toEqual(['a'])
    })

    it('asks about an older page that was asked for before', async () => {
      const { ids, older } = await aTimeline(...many(50))
      void older.load()
      const early = server.last
      await reconnect('e-9')
      await server.last.answer(meows('n', ...many(49)), { 'Meower-Position': 'e-9' })
      expect(asked()).toEqual(['m50'])
      await early.answer(meows('x', 'y'))
      expect(asked()).toEqual(['m50', 'm50', 'x', 'y'])
      await server.last.answer([aDeletion('x')])
      expect(ids()).toMatch(/ y$/)
      expect(ids()).not.toContain('x')
    })
  })

  describe('where only reading gets through', () => {
    const READ = { 'Meower-Position': 'e-1' }

    /** A timeline for which neither a socket nor a stream is opened, at the first page that it reads. */
    async function reading(...ids: readonly string[]) {
      const timeline = begin()
      await server.last.answer(meows(...ids), READ)
      for (const way of [FakeWebSocket, FakeWebSocket, FakeEventSource, FakeEventSource]) {
        way.last.breakOff()
        await vi.advanceTimersByTimeAsync(1_000)
      }
      await server.last.answer(meows(...ids), READ)
      expect(timeline.feed.value).toBe('delayed')
      return timeline
    }

    async function next(list: readonly unknown[], position: string) {
      await vi.advanceTimersByTimeAsync(3_000)
      expect(server.last.url.search).toBe('?take=50')
      await server.last.answer(list, { 'Meower-Position': position })
    }

    it('has what is new within five seconds, and counts it', async () => {
      const { ids, arrived } = await reading('b', 'a')
      expect(arrived.value).toBe(0)
      await next(meows('c', 'b', 'a'), 'e-2')
      expect(ids()).toBe('c b a')
      expect(arrived.value).toBe(1)
      await next(meows('d', 'c', 'b', 'a'), 'e-3')
      expect(ids()).toBe('d c b a')
      expect(arrived.value).toBe(2)
    })

    it('counts nothing as new when it is the first that comes', async () => {
      const { ids, arrived } = begin()
      await vi.advanceTimersByTimeAsync(2_000)
      for (const way of [FakeWebSocket, FakeWebSocket, FakeEventSource, FakeEventSource]) {
        way.last.breakOff()
        await vi.advanceTimersByTimeAsync(1_000)
      }
      await server.last.answer(meows('b', 'a'), READ)
      expect(ids()).toBe('b a')
      expect(arrived.value).toBe(0)
    })

    it('reads once for what is new, and nothing more while nothing is', async () => {
      await reading('b', 'a')
      const before = server.requests.length
      await next(meows('c', 'b', 'a'), 'e-2')
      await next(meows('c', 'b', 'a'), 'e-2')
      await next(meows('c', 'b', 'a'), 'e-2')
      expect(server.requests).toHaveLength(before + 3)
    })

    it('lets it wait while somebody reads further down', async () => {
      const { ids, hold, waiting } = await reading('b', 'a')
      hold()
      await next(meows('c', 'b', 'a'), 'e-2')
      expect(ids()).toBe('b a')
      expect(waiting.value).toBe(1)
    })

    it('fills in more than a page of what is new', async () => {
      const { ids } = await reading('a')
      const list = many(70)
      await next(meows(...list.slice(0, 50)), 'e-70')
      expect(server.last.url.searchParams.get('before')).toBe('m21')
      await server.last.answer(meows(...list.slice(50), 'a'), { 'Meower-Position': 'e-70' })
      expect(ids()).toBe(`${list.join(' ')} a`)
    })

    it('asks what has become of what the page does not tell of', async () => {
      const { ids } = await reading('b', 'a')
      await next([anEdit('b')], 'e-2')
      expect(server.last.url.searchParams.get('ids')).toBe('a')
      await server.last.answer([aDeletion('a')])
      expect(ids()).toBe('b')
    })

    it('has what came meanwhile when the socket gets through after all', async () => {
      const { ids, feed } = await reading('b', 'a')
      await next(meows('c', 'b', 'a'), 'e-2')
      const tried = FakeWebSocket.opened.length
      while (FakeWebSocket.opened.length === tried) {
        await vi.advanceTimersByTimeAsync(1_000)
        if (server.last.url.search === '?take=50' && !server.last.aborted)
          await server.last.answer(meows('c', 'b', 'a'), { 'Meower-Position': 'e-2' })
      }
      FakeWebSocket.last.hello('e-2', true)
      expect(after()).toBe('e-2')
      FakeWebSocket.last.hello('e-2', true)
      arrive('d', 'e-3')
      expect(feed.value).toBe('live')
      expect(ids()).toBe('d c b a')
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { FakeServer } from '../testing/FakeServer'
import { aDeletion, aMeow, anEdit, idsOf, meows } from '../testing/meows'
import { use } from '../testing/render'
import { CAPACITY, useLives } from './useLives'

let server: FakeServer

const many = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

const ids = () => server.last.url.searchParams.get('ids')

describe('useLives', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('knows the latest text of a meow, whatever else a list knows of it', () => {
    const lives = use(useLives)
    lives.learn(anEdit('a', 3, 'third'))
    lives.learn(anEdit('a', 2, 'second'))
    expect(lives.latest({ ...aMeow(), matches: [] })).toEqual({
      ...anEdit('a', 3, 'third'),
      matches: [],
    })
    const newer = anEdit('a', 4, 'fourth')
    expect(lives.latest(newer)).toBe(newer)
  })

  it('knows of a deletion for ever, and of no text after it', () => {
    const lives = use(useLives)
    lives.learn(anEdit('a', 2))
    lives.learn(aDeletion('a'))
    lives.learn(anEdit('a', 9))
    expect(lives.isDeleted('a')).toBe(true)
    expect(lives.latest(aMeow()).body).toBe('hello')
    expect(idsOf(lives.visible(meows('b', 'a')))).toBe('b')
  })

  it('forgets texts that no list holds, the oldest first, and none that one holds', () => {
    const lives = use(useLives)
    use(() => {
      lives.hold(() => ['m0'])
      return true
    })
    for (const id of many(CAPACITY + 1)) lives.learn(anEdit(id))
    expect(lives.latest(aMeow({ id: 'm0' })).body).toBe('m0 edited')
    expect(lives.latest(aMeow({ id: 'm1' })).body).toBe('hello')
    expect(lives.latest(aMeow({ id: `m${CAPACITY}` })).body).toBe(`m${CAPACITY} edited`)
  })

  describe('in doubt', () => {
    function holding(...held: readonly string[]) {
      const lives = use(useLives)
      const scope = effectScope()
      scope.run(() => {
        lives.hold(() => held)
      })
      return { lives, scope }
    }

    it('asks by hundreds', async () => {
      const { lives } = holding(...many(150))
      lives.doubt(new Set(['m0']))
      expect(ids()?.split(',')).toEqual(many(101).slice(1))
      await server.last.answer([])
      expect(ids()?.split(',')).toEqual(many(150).slice(101))
      await server.last.answer([aDeletion('m149')])
      expect(lives.isDeleted('m149')).toBe(true)
      expect(server.requests).toHaveLength(2)
    })

    it('asks nothing about what is deleted', () => {
      const { lives } = holding('a')
      lives.learn(aDeletion('a'))
      lives.doubt(new Set())
      expect(server.requests).toHaveLength(0)
    })

    it('asks nothing about what only a list held that is gone', () => {
      const { lives, scope } = holding('a')
      scope.stop()
      lives.doubt(new Set())
      expect(server.requests).toHaveLength(0)
    })

    it('asks again until it is answered', async () => {
      const { lives } = holding('a')
      lives.doubt(new Set())
      await server.last.refuse(503, 'down', { 'Retry-After': '2' })
      await vi.advanceTimersByTimeAsync(2_999)
      expect(server.requests).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1)
      await server.last.answer([aDeletion('a')])
      expect(lives.isDeleted('a')).toBe(true)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(2)
    })

    it('gives up what is refused for good', async () => {
      const { lives } = holding('a')
      lives.doubt(new Set())
      await server.last.refuse(400, 'no')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(server.requests).toHaveLength(1)
    })

    it('does not trust an answer from before a new doubt', () => {
      const { lives } = holding('a')
      lives.doubt(new Set())
      const early = server.last
      lives.doubt(new Set())
      expect(early.aborted).toBe(true)
      expect(server.requests).toHaveLength(2)
      expect(ids()).toBe('a')
    })

    it('asks about an answer that was under way', () => {
      const { lives } = holding()
      const learn = lives.reader()
      lives.doubt(new Set())
      learn(meows('x'))
      expect(ids()).toBe('x')
      lives.reader()(meows('y'))
      expect(server.requests).toHaveLength(1)
    })
  })

  describe('when a deletion takes something away from somebody', () => {
    const FAREWELL = { words: 'gone', lasting: 4_000 }

    it('keeps its place for a while', () => {
      const lives = use(useLives)
      use(() => {
        lives.farewells.attend((id) => (id === 'a' ? FAREWELL : null))
        return true
      })
      lives.learn(aDeletion('a'))
      lives.learn(aDeletion('b'))
      expect(idsOf(lives.visible(meows('b', 'a')))).toBe('a')
      expect(idsOf(lives.alive(meows('b', 'a')))).toBe('')
      expect(lives.farewells.of('a')).toBe(FAREWELL)
      vi.advanceTimersByTime(3_999)
      expect(lives.farewells.of('a')).toBe(FAREWELL)
      vi.advanceTimersByTime(1)
      expect(idsOf(lives.visible(meows('b', 'a')))).toBe('')
    })

    it('asks before it is gone, and nobody who has left', () => {
      const lives = use(useLives)
      const scope = effectScope()
      const reader = vi.fn((id: string) => (lives.isDeleted(id) ? null : FAREWELL))
      scope.run(() => {
        lives.farewells.attend(reader)
      })
      lives.learn(aDeletion('a'))
      expect(lives.farewells.of('a')).toBe(FAREWELL)
      scope.stop()
      lives.learn(aDeletion('b'))
      expect(reader).toHaveBeenCalledOnce()
    })
  })

  it('remembers no more deletions than it is told', () => {
    const lives = use(() => useLives(2))
    for (const id of ['a', 'b', 'b', 'c']) lives.learn(aDeletion(id))
    expect(['a', 'b', 'c'].map(lives.isDeleted)).toEqual([false, true, true])
  })
})

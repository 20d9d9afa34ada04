import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Meow } from '../meow/meow'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aDeletion, aMeow, anEdit, meows } from '../testing/meows'
import { render } from '../testing/render'
import WallView from './WallView.vue'

let server: FakeServer

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-07-04T14:02:30') })
  vi.spyOn(Math, 'random').mockReturnValue(1)
  server = FakeServer.install()
  FakeWebSocket.install()
  FakeEventSource.install()
})

afterEach(() => {
  vi.useRealTimers()
  delete document.documentElement.dataset.theme
})

const tagged = (...ids: readonly string[]): Meow[] =>
  ids.map((id) => aMeow({ id, body: `${id} #fest` }))

/** A wall that begins with these meows, and is live. */
async function aWall(search: string, begun: readonly Meow[] = []) {
  const wall = render(WallView, { search })
  await server.last.answer(begun, { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  await vi.advanceTimersByTimeAsync(0)
  return {
    wall,
    bodies: () => wall.findAll('.body').map((body) => body.text()),
    said: () => wall.get('[role=status]').text(),
    waiting: () => wall.find('.waiting [aria-hidden]'),
    press: async (key: string, target: Element = document.body) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      target.dispatchEvent(event)
      await vi.advanceTimersByTimeAsync(0)
      return event
    },
  }
}

function network(online: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
  window.dispatchEvent(new Event(online ? 'online' : 'offline'))
}

describe('a wall', () => {
  it('shows the last meows with its tag, under its title', async () => {
    const { wall, bodies } = await aWall('?tag=fest&title=Summer', tagged('c', 'b'))

    expect(server.requests[0]?.url.pathname).toBe('/search')
    expect(Object.fromEntries(server.requests[0]?.url.searchParams ?? [])).toMatchObject({
      query: '#fest ',
      sort: 'newest',
    })
    expect(bodies()).toEqual(['c #fest', 'b #fest'])
    expect(wall.get('h1').text()).toBe('Summer')
    expect(document.title).toBe('\u2068Summer\u2069 · Meower')
  })

  it('shows everything without a tag', async () => {
    const { bodies } = await aWall('', meows('b', 'a'))
    expect(server.requests[0]?.url.pathname).toBe('/meows')
    FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'new' }), 'e-2')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies()).toEqual(['meow b', 'meow a', 'new'])
  })

  it('says what to write while there is nothing', async () => {
    const { wall } = await aWall('?tag=fest')
    expect(wall.get('main').text()).toContain('Write something with #fest')
  })

  it('shows what is posted with its tag, and says how many wait', async () => {
    const { bodies, waiting } = await aWall('?tag=fest&lines=1&pace=10', tagged('a'))
    for (const meow of [...tagged('b', 'c', 'd'), aMeow({ id: 'x', body: '#festival' })]) {
      FakeWebSocket.last.meow(meow, `e-${meow.id}`)
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(waiting().text()).toBe('+3')

    await vi.advanceTimersByTimeAsync(2_000)
    expect(bodies()).toEqual(['b #fest'])
    expect(waiting().text()).toBe('+2')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(bodies()).toEqual(['d #fest'])
    expect(waiting().exists()).toBe(false)
  })

  it('says how many were left out where too many come', async () => {
    const { wall } = await aWall('?lines=1')
    for (let i = 0; i < 1_250; i += 1) FakeWebSocket.last.meow(aMeow({ id: `m${i}` }), `e-${i}`)
    await vi.advanceTimersByTimeAsync(100)
    expect(wall.get('.waiting').text()).toContain('left out')
    expect(wall.get('.waiting [aria-hidden]').text()).toBe('+200')
  })

  it('has nothing left of what was deleted within a second', async () => {
    const { wall, bodies, waiting } = await aWall('?tag=fest&lines=1', tagged('b', 'a'))
    FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'c #fest' }), 'e-2')
    await vi.advanceTimersByTimeAsync(100)
    for (const id of ['a', 'b', 'c']) FakeWebSocket.last.delete(id, `e-${id}`)
    await vi.advanceTimersByTimeAsync(900)

    expect(bodies()).toEqual([])
    expect(waiting().exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wall.html()).not.toContain('#fest</p>')
    expect(bodies()).toEqual([])
  })

  it('changes what is edited, also when it gets the tag or loses it', async () => {
    const { bodies } = await aWall('?tag=fest&lines=2', tagged('b', 'a'))
    FakeWebSocket.last.edit(anEdit('a', 2, 'a at the #fest'), 'e-2')
    FakeWebSocket.last.edit(anEdit('b', 2, 'b, elsewhere'), 'e-3')
    FakeWebSocket.last.edit(anEdit('c', 2, 'c for the #fest'), 'e-4')
    FakeWebSocket.last.edit(anEdit('d', 2, 'd, elsewhere'), 'e-5')
    await vi.advanceTimersByTimeAsync(1_000)

    expect(bodies()).toEqual(['c for the #fest', 'a at the #fest'])
  })

  it('takes an edit of an old one for nothing new where it shows everything', async () => {
    const { bodies } = await aWall('', meows('b'))
    FakeWebSocket.last.edit(anEdit('old', 2, 'old'), 'e-2')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies()).toEqual(['meow b'])
  })

  it('is paused by the space bar and says so, and goes on', async () => {
    const { press, said, bodies, wall } = await aWall('?lines=1&pace=10', meows('b', 'a'))
    expect((await press(' ')).defaultPrevented).toBe(true)
    expect(said()).toBe('Paused · Space goes on')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(bodies()).toEqual(['meow b'])

    await press(' ')
    expect(said()).toBe('')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(bodies()).toEqual(['meow a'])
    const pause = wall.findAll('button').find((button) => button.text() === 'Pause')
    expect((await press(' ', pause?.element)).defaultPrevented).toBe(false)
    await pause?.trigger('click')
    expect(said()).toContain('Paused')
    await press(' ', wall.get('nav a').element)
    expect(said()).toBe('')
  })

  it('steps by the arrow keys', async () => {
    const { press, bodies } = await aWall('?lines=1&pace=600', meows('c', 'b', 'a'))
    const seen: string[] = []
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
      await press(key)
      seen.push(bodies().join())
    }
    expect(seen).toEqual(['meow b', 'meow a', 'meow b', 'meow c'])
  })

  it('keeps what it has offline, says since when, and goes on when it is live again', async () => {
    const { said, bodies } = await aWall('?lines=2', meows('b', 'a'))
    network(false)
    await vi.advanceTimersByTimeAsync(2_900)
    expect(said()).toBe('')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(said()).toBe('Not live since 14:02')
    expect(bodies()).toEqual(['meow b', 'meow a'])

    network(true)
    expect(new URL(FakeWebSocket.last.url).searchParams.get('after')).toBe('e-1')
    FakeWebSocket.last.hello('e-1', true)
    FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'missed' }), 'e-2')
    await vi.advanceTimersByTimeAsync(200)
    expect(said()).toBe('')
    expect(bodies()).toEqual(['missed', 'meow a'])
  })

  it('says nothing of an interruption that is over at once', async () => {
    const { said } = await aWall('', meows('a'))
    FakeWebSocket.last.breakOff(1001)
    await vi.advanceTimersByTimeAsync(100)
    FakeWebSocket.last.hello('e-1', true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(said()).toBe('')
  })

  it('reads what it has missed, and asks what has become of what it holds', async () => {
    const { bodies } = await aWall('?lines=3', meows('b', 'a'))
    FakeWebSocket.last.breakOff()
    await vi.advanceTimersByTimeAsync(1_000)
    FakeWebSocket.last.hello('f-9', false)
    await vi.advanceTimersByTimeAsync(0)
    expect(server.last.url.pathname).toBe('/meows')
    await server.last.answer(meows('c', 'b'), { 'Meower-Position': 'f-9' })
    expect(server.last.url.searchParams.get('ids')).toBe('a')
    await server.last.answer([aDeletion('a')])
    await vi.advanceTimersByTimeAsync(1_000)

    expect(bodies()).toEqual(['meow b', 'meow c'])
  })

  it('reads again as long as what it reads is behind the feed', async () => {
    const { bodies } = await aWall('?lines=3', meows('a'))
    FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-9' })
    await vi.advanceTimersByTimeAsync(1_000)
    await server.last.answer(meows('a'), { 'Meower-Position': 'e-5' })
    const asked = server.requests.length
    await vi.advanceTimersByTimeAsync(2_000)
    expect(server.requests.length).toBe(asked + 1)
    await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-9' })
    await vi.advanceTimersByTimeAsync(1_000)

    expect(bodies()).toEqual(['meow a', 'meow b'])
  })

  it('goes on although the first page cannot be read', async () => {
    render(WallView, { search: '?tag=fest' })
    await server.last.refuse(503, 'Not now.')
    FakeWebSocket.last.hello('e-1', false)
    await vi.advanceTimersByTimeAsync(0)
    await server.last.answer(tagged('a'), { 'Meower-Position': 'e-1' })

    expect(document.querySelector('.body')?.textContent).toBe('a #fest')
  })

  it('shows every text as text, and nothing that could be clicked', async () => {
    const body = '<img src=x onerror=alert(1)> https://example.org #fest \u202Eabc'
    const { wall, bodies } = await aWall('?tag=fest&title=<b>x</b>', [aMeow({ id: 'a', body })])

    expect(bodies()).toEqual([body])
    expect(wall.findAll('main a, main img, h1 b')).toEqual([])
    expect(wall.get('h1').text()).toBe('<b>x</b>')
    expect(wall.get('.body').attributes()).toMatchObject({ dir: 'auto', lang: '' })
  })

  it('leads telephones to where one writes with the tag', async () => {
    const { wall } = await aWall('?tag=fest')
    vi.useRealTimers()
    await vi.waitFor(() => wall.get('aside svg'))

    expect(wall.get('figcaption').text()).toBe(`${location.host}/?tag=fest`)
    expect(wall.get('aside path').attributes('d')).toMatch(/^(M\d+ \d+H\d+v1H\d+z)+$/)
  })

  it('has no code where none is wanted', async () => {
    const { wall } = await aWall('?tag=fest&qr=0')
    await flushPromises()
    expect(wall.find('aside').exists()).toBe(false)
  })

  it('has the theme of its address', async () => {
    await aWall('?theme=dark')
    expect(document.documentElement.dataset.theme).toBe('dark')
  })

  it('shows the tools to whoever is there, and hides them again', async () => {
    const { wall } = await aWall('')
    expect(wall.get('.wall').classes()).toContain('idle')
    window.dispatchEvent(new Event('pointermove'))
    await vi.advanceTimersByTimeAsync(0)
    expect(wall.get('.wall').classes()).not.toContain('idle')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(wall.get('.wall').classes()).toContain('idle')
  })

  it('leads to where its address is made', async () => {
    const { wall } = await aWall('?tag=fest&lines=3')
    expect(wall.get('nav a').attributes('href')).toBe('/wall/setup?tag=fest&lines=3')
  })
})

describe('the screen', () => {
  class FakeLock extends EventTarget {
    onrelease: (() => void) | null = null
    release = vi.fn(() => {
      this.onrelease?.()
      return Promise.resolve()
    })
  }

  function theLocks() {
    const locks: FakeLock[] = []
    const request = vi.fn(() => {
      const lock = new FakeLock()
      locks.push(lock)
      return Promise.resolve(lock)
    })
    vi.stubGlobal('navigator', Object.create(navigator, { wakeLock: { value: { request } } }))
    return { request, locks }
  }

  it('stays on, also after the wall was out of sight', async () => {
    const { request, locks } = theLocks()
    const { wall } = await aWall('')
    expect(request).toHaveBeenCalledExactlyOnceWith('screen')
    expect(wall.get('nav').text()).not.toContain('may turn the screen off')

    await locks[0]?.release()
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(request).toHaveBeenCalledTimes(2)

    wall.unmount()
    expect(locks[1]?.release).toHaveBeenCalled()
  })

  it('may go off where the browser refuses, which is said', async () => {
    const { request } = theLocks()
    request.mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    const { wall } = await aWall('')
    expect(wall.get('nav').text()).toContain('may turn the screen off')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { servers } from '../meow/serverClock'
import { aLiveness } from '../testing/aLiveness'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, meows } from '../testing/meows'
import { use } from '../testing/render'
import { useFeed } from './useFeed'

let server: FakeServer

function aFeed(after: string | null = null) {
  const listener = { onHello: vi.fn(), onChange: vi.fn(), onGap: vi.fn(), onPage: vi.fn() }
  const liveness = aLiveness()
  const { state, start } = use(() => useFeed(listener, liveness))
  start(after)
  return { ...listener, liveness, state, start }
}

function network(online: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
  window.dispatchEvent(new Event(online ? 'online' : 'offline'))
}

/** A feed that has greeted: that the socket gets through is known. */
function aLiveFeed() {
  const feed = aFeed()
  FakeWebSocket.last.hello()
  return feed
}

const after = () => new URL(FakeWebSocket.last.url).searchParams.get('after')
const opened = () => FakeWebSocket.opened.length

describe('useFeed', () => {
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

  it('connects to the pusher of its own origin', () => {
    aFeed()
    expect(FakeWebSocket.last.url).toBe(`ws://${location.host}/pusher`)
  })

  it('begins after the position that it is given', () => {
    const { start } = aFeed('e-7')
    expect(after()).toBe('e-7')
    start('e-8')
    expect(opened()).toBe(1)
  })

  it('resumes after the last meow that came', () => {
    aFeed('e-7')
    FakeWebSocket.last.hello('e-7', true)
    FakeWebSocket.last.meow(aMeow(), 'e-8')
    FakeWebSocket.last.meow(aMeow(), 'e-9')
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(after()).toBe('e-9')
  })

  it.each([
    { kind: 4, ...aMeow({ revision: 2 }) },
    { kind: 5, id: 'a', deleted_at: '2026-01-02T03:05:00Z', by: 'author' },
  ])('hands on kind $kind and resumes after it', (frame) => {
    const { onChange } = aFeed('e-7')
    FakeWebSocket.last.hello('e-7', true)
    FakeWebSocket.last.send({ ...frame, position: 'e-8' })
    expect(onChange).toHaveBeenCalledOnce()
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(after()).toBe('e-8')
  })

  it('resumes where the feed began when no meow came', () => {
    aFeed('e-7')
    FakeWebSocket.last.hello('f-3')
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(after()).toBe('f-3')
  })

  it('resumes behind what was left out', () => {
    aFeed()
    FakeWebSocket.last.hello('e-1')
    FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-5' })
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(after()).toBe('e-5')
  })

  it('asks for the same again when there was no hello', () => {
    aFeed('e-7')
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(after()).toBe('e-7')
  })

  it('is live with the hello, not before', () => {
    const { state, onHello } = aFeed()
    expect(state.value).toBe('connecting')
    FakeWebSocket.last.hello('e-7')
    expect(state.value).toBe('live')
    expect(onHello).toHaveBeenCalledWith({ kind: 'hello', position: 'e-7', resumed: false })
  })

  it('hands on meows in the order in which they come', () => {
    const { onChange } = aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.meow(aMeow({ id: 'b' }), 'e-2')
    FakeWebSocket.last.meow(aMeow({ id: 'a' }), 'e-3')
    expect(onChange.mock.calls.flat()).toMatchObject([
      { meow: { id: 'b' }, position: 'e-2' },
      { meow: { id: 'a' }, position: 'e-3' },
    ])
  })

  it('tells of a gap', () => {
    const { onGap } = aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-5' })
    expect(onGap).toHaveBeenCalledOnce()
  })

  it('takes a frame that cannot be read for a gap: it may have been a meow', () => {
    const { onGap, state } = aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.raw('{"kind":1,')
    FakeWebSocket.last.raw(new ArrayBuffer(3))
    expect(onGap).toHaveBeenCalledTimes(2)
    expect(state.value).toBe('live')
  })

  it('ignores kinds that it does not know', () => {
    const { onGap, onChange } = aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.send({ kind: 99, id: 'a' })
    expect(onGap).not.toHaveBeenCalled()
    expect(onChange).not.toHaveBeenCalled()
  })

  it('connects again, waiting longer each time', () => {
    const { state } = aLiveFeed()
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 16_000]) {
      FakeWebSocket.last.breakOff()
      expect(state.value).toBe('reconnecting')
      const before = opened()
      vi.advanceTimersByTime(wait - 1)
      expect(opened()).toBe(before)
      vi.advanceTimersByTime(1)
      expect(opened()).toBe(before + 1)
    }
  })

  it('starts counting anew after a connection that lasted', () => {
    aLiveFeed()
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(1_000)
    FakeWebSocket.last.hello()
    vi.advanceTimersByTime(5_000)
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    expect(opened()).toBe(4)
  })

  it('does not start counting anew for a server that greets and hangs up', () => {
    aFeed()
    for (const wait of [500, 1_000, 2_000]) {
      FakeWebSocket.last.hello()
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(wait)
    }
    expect(opened()).toBe(4)
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(3_999)
    expect(opened()).toBe(4)
  })

  it('connects at once when the server goes away', () => {
    aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.breakOff(1001)
    vi.advanceTimersByTime(0)
    expect(opened()).toBe(2)
  })

  it('does not run in circles when the server goes away again and again', () => {
    aFeed()
    for (let round = 0; round < 50; round += 1) {
      FakeWebSocket.last.hello()
      FakeWebSocket.last.breakOff(1001)
      vi.advanceTimersByTime(100)
    }
    expect(opened()).toBeLessThan(10)
  })

  it('does not connect again after it broke the protocol, and says so', () => {
    const { state } = aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.breakOff(1008)
    expect(state.value).toBe('refused')
    network(false)
    network(true)
    vi.advanceTimersByTime(600_000)
    expect(opened()).toBe(1)
    expect(state.value).toBe('refused')
  })

  it('backs off for seconds when the server asks it to', () => {
    aFeed()
    FakeWebSocket.last.hello()
    FakeWebSocket.last.breakOff(1013)
    vi.advanceTimersByTime(7_999)
    expect(opened()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(opened()).toBe(2)
  })

  it('gives up on a server that accepts and says nothing', () => {
    const { state } = aLiveFeed()
    FakeWebSocket.last.breakOff()
    vi.advanceTimersByTime(500)
    const silent = FakeWebSocket.last
    vi.advanceTimersByTime(10_000)
    expect(silent.closedByPage).toBe(true)
    expect(state.value).toBe('reconnecting')
    vi.advanceTimersByTime(1_000)
    expect(opened()).toBe(3)
  })

  it('does not listen to a connection that it gave up', () => {
    const { onChange, state } = aFeed()
    const given = FakeWebSocket.last
    vi.advanceTimersByTime(10_500)
    given.hello()
    given.meow(aMeow())
    given.breakOff(1008)
    expect(onChange).not.toHaveBeenCalled()
    expect(state.value).toBe('reconnecting')
  })

  it('knows by a meow that the clock is behind that of the servers', () => {
    aLiveFeed()
    const created_at = new Date(Date.now() + 3_600_000).toISOString()
    FakeWebSocket.last.meow(aMeow({ created_at }))
    expect(servers.ahead.value).toBe(3_600_000)
    servers.tell(new Date().toUTCString(), Date.now(), Date.now())
  })

  it('tells of each sign of life, with its position', () => {
    const { liveness } = aFeed()
    FakeWebSocket.last.hello('e-1')
    FakeWebSocket.last.meow(aMeow(), 'e-2')
    FakeWebSocket.last.send({ kind: 5, id: 'a', deleted_at: 'now', by: 'author', position: 'e-3' })
    FakeWebSocket.last.send({ kind: 3, from: 'e-3', to: 'e-5' })
    FakeWebSocket.last.send({ kind: 99 })
    FakeWebSocket.last.raw('{')
    expect(liveness.heard.mock.calls.flat()).toEqual(['e-1', 'e-2', 'e-3', 'e-5', null, null])
  })

  it('opens a connection anew that brings nothing any more, right after what it brought', async () => {
    const { state, liveness, onChange } = aFeed()
    const silent = FakeWebSocket.last
    silent.hello('e-1')
    silent.meow(aMeow(), 'e-2')
    onChange.mockClear()
    liveness.lost.value += 1
    await nextTick()
    expect(silent.closedByPage).toBe(true)
    expect(state.value).toBe('reconnecting')
    expect(opened()).toBe(2)
    expect(after()).toBe('e-2')
    silent.meow(aMeow(), 'e-3')
    expect(onChange).not.toHaveBeenCalled()
    FakeWebSocket.last.hello('e-2', true)
    expect(state.value).toBe('live')
  })

  it('has its pauses between connections, also when it is found lost meanwhile', async () => {
    const { liveness } = aFeed()
    FakeWebSocket.last.hello('e-1')
    FakeWebSocket.last.breakOff()
    liveness.lost.value += 1
    await nextTick()
    expect(opened()).toBe(1)
    vi.advanceTimersByTime(500)
    liveness.lost.value += 1
    await nextTick()
    expect(opened()).toBe(2)
  })

  it('is offline without a network and connects at once when it is back', () => {
    const { state } = aFeed()
    FakeWebSocket.last.hello()
    network(false)
    expect(state.value).toBe('offline')
    expect(FakeWebSocket.last.closedByPage).toBe(true)
    const before = opened()
    network(true)
    expect(opened()).toBe(before + 1)
    expect(state.value).toBe('reconnecting')
    FakeWebSocket.last.hello()
    expect(state.value).toBe('live')
  })

  it('has no long wait left over from before the network was back', () => {
    aLiveFeed()
    for (const wait of [500, 1_000, 2_000, 4_000]) {
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(wait)
    }
    FakeWebSocket.last.breakOff()
    network(true)
    FakeWebSocket.last.breakOff()
    const before = opened()
    vi.advanceTimersByTime(500)
    expect(opened()).toBe(before + 1)
  })

  it('goes on trying while it seems offline, because a server can be on the same machine', () => {
    const { state } = aFeed()
    network(false)
    vi.advanceTimersByTime(500)
    expect(opened()).toBe(2)
    FakeWebSocket.last.hello()
    expect(state.value).toBe('live')
  })

  it('leaves a live connection alone when a second network comes up', () => {
    aFeed()
    FakeWebSocket.last.hello()
    network(true)
    expect(opened()).toBe(1)
  })

  it('closes with its component and stays closed', () => {
    const scope = effectScope()
    scope.run(() => {
      useFeed(
        { onHello: vi.fn(), onChange: vi.fn(), onGap: vi.fn(), onPage: vi.fn() },
        aLiveness(),
      ).start()
    })
    scope.stop()
    expect(FakeWebSocket.last.closedByPage).toBe(true)
    network(true)
    vi.advanceTimersByTime(600_000)
    expect(opened()).toBe(1)
  })

  describe('where no WebSocket gets through', () => {
    const streams = () => FakeEventSource.opened.length
    const afterOfEvents = () => new URL(FakeEventSource.last.url).searchParams.get('after')

    /** As behind a proxy that knows no upgrades. */
    function blocked(after: string | null = 'e-7') {
      const feed = aFeed(after)
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(500)
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(500)
      return feed
    }

    /** As behind a proxy that waits for the end of every answer. */
    function blockedWhollyAfter(after: string) {
      const feed = blocked(after)
      FakeEventSource.last.breakOff()
      vi.advanceTimersByTime(1_000)
      FakeEventSource.last.breakOff()
      vi.advanceTimersByTime(500)
      return feed
    }

    it('is live with Server-Sent Events, from the same position', () => {
      const { state, onHello, onChange, onGap, liveness } = blocked()
      expect(state.value).toBe('reconnecting')
      expect(new URL(FakeEventSource.last.url).pathname).toBe('/events')
      expect(afterOfEvents()).toBe('e-7')
      FakeEventSource.last.hello('e-7', true)
      expect(state.value).toBe('live')
      expect(onHello).toHaveBeenCalledWith({ kind: 'hello', position: 'e-7', resumed: true })
      FakeEventSource.last.send('meow', { kind: 1, ...aMeow(), position: 'e-8' })
      FakeEventSource.last.send('edited', { kind: 4, ...aMeow({ revision: 2 }), position: 'e-9' })
      FakeEventSource.last.send('deleted', { id: 'a', deleted_at: 'now', by: 'author' })
      FakeEventSource.last.send('gap', { from: 'e-9', to: 'e-11' })
      FakeEventSource.last.raw('meow', '{')
      expect(onChange.mock.calls.flat().map(({ kind }) => kind)).toEqual([
        'created',
        'edited',
        'deleted',
      ])
      expect(onGap.mock.calls).toEqual([['e-11'], [null]])
      expect(liveness.heard).toHaveBeenCalledWith('e-9')
    })

    it('goes on after what came when the stream breaks off', () => {
      const { state } = blocked()
      FakeEventSource.last.hello('e-7', true)
      FakeEventSource.last.send('meow', { ...aMeow(), position: 'e-8' })
      const broken = FakeEventSource.last
      broken.breakOff()
      expect(broken.closed).toBe(true)
      expect(state.value).toBe('reconnecting')
      vi.advanceTimersByTime(2_000)
      expect(streams()).toBe(2)
      expect(afterOfEvents()).toBe('e-8')
    })

    it('waits for seconds when the stream says that nobody is let in', () => {
      blocked()
      FakeEventSource.last.send('busy', {})
      expect(FakeEventSource.last.closed).toBe(true)
      vi.advanceTimersByTime(7_999)
      expect(streams()).toBe(1)
      vi.advanceTimersByTime(1)
      expect(streams()).toBe(2)
    })

    it('does not wait twice for a socket that says nothing', () => {
      aFeed()
      vi.advanceTimersByTime(10_500)
      expect(opened()).toBe(1)
      expect(streams()).toBe(1)
    })

    it('reads the newest page again and again when no stream gets through either', async () => {
      const { state, onPage, onHello, liveness } = blockedWhollyAfter('e-7')
      expect(server.last.url.search).toBe('?take=50')
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-7' })
      expect(state.value).toBe('delayed')
      expect(onPage).not.toHaveBeenCalled()
      expect(liveness.heard).toHaveBeenLastCalledWith('e-7')
      await vi.advanceTimersByTimeAsync(3_000)
      expect(server.requests).toHaveLength(2)
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-8' })
      expect(onPage).toHaveBeenCalledOnce()
      expect(onPage).toHaveBeenCalledWith(
        expect.objectContaining({ meows: meows('b', 'a'), position: 'e-8' }),
      )
      expect(onHello).not.toHaveBeenCalled()
    })

    it('says when nothing can be read either, and tries all ways again', async () => {
      const { state } = blockedWhollyAfter('e-7')
      await server.last.answer(meows('a'), { 'Meower-Position': 'e-7' })
      await vi.advanceTimersByTimeAsync(3_000)
      await server.last.breakOff()
      expect(state.value).toBe('reconnecting')
      const sockets = opened()
      for (let second = 0; second < 90; second += 1) {
        await vi.advanceTimersByTimeAsync(1_000)
        if (!server.last.aborted) await server.last.breakOff()
      }
      expect(opened()).toBeGreaterThan(sockets)
    })

    it('tries the socket again from time to time, beside, and goes over to it', () => {
      const { state, onHello } = blocked()
      FakeEventSource.last.hello('e-7', true)
      const stream = FakeEventSource.last
      for (const pause of [10_000, 20_000, 40_000]) {
        const before = opened()
        vi.advanceTimersByTime(pause - 1)
        expect(opened()).toBe(before)
        vi.advanceTimersByTime(1)
        expect(opened()).toBe(before + 1)
        expect(state.value).toBe('live')
        FakeWebSocket.last.breakOff()
      }
      vi.advanceTimersByTime(80_000)
      stream.send('meow', { ...aMeow(), position: 'e-8' })
      const tried = FakeWebSocket.last
      onHello.mockClear()
      tried.hello('e-7', true)
      expect(onHello).not.toHaveBeenCalled()
      expect(tried.closedByPage).toBe(true)
      expect(stream.closed).toBe(true)
      expect(after()).toBe('e-8')
      FakeWebSocket.last.hello('e-8', true)
      expect(onHello).toHaveBeenCalledOnce()
      const sockets = opened()
      vi.advanceTimersByTime(600_000)
      expect(opened()).toBe(sockets)
      expect(streams()).toBe(1)
    })

    it('gives up a try that is not answered', () => {
      blocked()
      FakeEventSource.last.hello('e-7', true)
      vi.advanceTimersByTime(10_000)
      const tried = FakeWebSocket.last
      vi.advanceTimersByTime(10_000)
      expect(tried.closedByPage).toBe(true)
    })

    it('begins with the socket again on another network', () => {
      blocked()
      FakeEventSource.last.hello('e-7', true)
      const sockets = opened()
      network(false)
      network(true)
      expect(opened()).toBe(sockets + 1)
    })

    it('leaves a socket that got through before half a minute to come back', () => {
      aLiveFeed()
      FakeWebSocket.last.breakOff()
      for (let second = 0; second < 29; second += 1) {
        vi.advanceTimersByTime(1_000)
        FakeWebSocket.last.breakOff()
      }
      expect(streams()).toBe(0)
      for (let second = 0; second < 30; second += 1) {
        vi.advanceTimersByTime(1_000)
        FakeWebSocket.last.breakOff()
      }
      expect(streams()).toBeGreaterThan(0)
    })

    it('stops with its component, whichever way it takes', async () => {
      const scope = effectScope()
      scope.run(() => {
        const listener = { onHello: vi.fn(), onChange: vi.fn(), onGap: vi.fn(), onPage: vi.fn() }
        useFeed(listener, aLiveness()).start()
      })
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(500)
      FakeWebSocket.last.breakOff()
      vi.advanceTimersByTime(500)
      FakeEventSource.last.hello()
      scope.stop()
      expect(FakeEventSource.last.closed).toBe(true)
      await vi.advanceTimersByTimeAsync(600_000)
      expect(opened()).toBe(2)
      expect(streams()).toBe(1)
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { fetchTimeline, postMeow } from '../api'
import { FakeServer } from '../testing/FakeServer'
import { aMeow } from '../testing/meows'
import { use } from '../testing/render'
import { GRACE, QUIET, useLiveness } from './useLiveness'

let server: FakeServer

/** The liveness of a feed that has greeted with a position. */
function aFeed(position = 'e-1') {
  const liveness = use(useLiveness)
  liveness.heard(position)
  return liveness
}

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const asked = () => server.requests.length

async function answer(position: string) {
  await server.last.answer([], { 'Meower-Position': position })
}

/** Something else on the page reads, and learns of a position. */
async function read(position: string) {
  const reading = fetchTimeline(null)
  await answer(position)
  await reading
}

/** By the clock that the test holds. */
function after(milliseconds: number): AbortSignal {
  const timeout = new AbortController()
  setTimeout(() => {
    timeout.abort()
  }, milliseconds)
  return timeout.signal
}

function visibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('useLiveness', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  describe('when nothing was heard for longer than the heartbeat', () => {
    it('asks where the feed should be, and not before', async () => {
      aFeed()
      await wait(QUIET - 1)
      expect(asked()).toBe(0)
      await wait(5_000)
      expect(server.last.url.search).toBe('?take=1')
    })

    it('leaves a feed alone that has brought everything, and asks again later', async () => {
      const { lost } = aFeed()
      await wait(QUIET)
      await answer('e-1')
      await wait(GRACE + 5_000)
      expect(lost.value).toBe(0)
      expect(asked()).toBe(1)
      await wait(QUIET)
      expect(asked()).toBe(2)
    })

    it('finds a feed lost that lacks something, within 45 seconds', async () => {
      const { lost } = aFeed()
      await wait(QUIET + 5_000)
      await answer('e-2')
      await wait(GRACE - 1)
      expect(lost.value).toBe(0)
      await wait(1)
      expect(lost.value).toBe(1)
    })

    it('finds a feed lost when nobody answers either, within 45 seconds', async () => {
      vi.spyOn(AbortSignal, 'timeout').mockImplementation(after)
      const { lost } = aFeed()
      await wait(44_999)
      expect(asked()).toBe(1)
      expect(server.last.aborted).toBe(true)
      expect(lost.value).toBe(1)
    })

    it('asks nothing while the feed brings something', async () => {
      const { heard } = aFeed()
      for (let second = 0; second < 120; second += 20) {
        heard(null)
        await wait(20_000)
      }
      expect(asked()).toBe(0)
    })

    it('does not find a feed lost that spoke while it was asked about', async () => {
      const { lost, heard } = aFeed()
      await wait(QUIET)
      heard('e-2')
      await server.last.breakOff()
      await wait(GRACE)
      expect(lost.value).toBe(0)
    })

    it('asks less and less often while nobody knows the answer', async () => {
      const { lost } = aFeed()
      for (const [pause, times] of [QUIET, 2 * QUIET, 4 * QUIET].entries()) {
        await wait(times - 5_000)
        expect(asked()).toBe(pause)
        await wait(5_000)
        expect(asked()).toBe(pause + 1)
        await server.last.refuse(503, 'not now')
        expect(lost.value).toBe(pause + 1)
      }
      await wait(8 * QUIET)
      await answer('e-1')
      await wait(QUIET)
      expect(asked()).toBe(5)
    })
  })

  describe('when something else on the page knows more', () => {
    it('gives the feed a moment, then finds it lost', async () => {
      const { lost } = aFeed()
      await read('e-2')
      await wait(GRACE - 1)
      expect(lost.value).toBe(0)
      await wait(1)
      expect(lost.value).toBe(1)
    })

    it('finds nothing when the feed brings it, or anything at all', async () => {
      const { lost, heard } = aFeed()
      await read('e-2')
      heard('e-2')
      await read('e-4')
      heard('e-3')
      await wait(GRACE)
      expect(lost.value).toBe(0)
    })

    it('doubts nothing that the feed has named, however long ago', async () => {
      const { lost, heard } = aFeed()
      heard('e-2')
      await read('e-1')
      await read('e-2')
      await wait(GRACE)
      expect(lost.value).toBe(0)
    })

    it('opens the feed once for a position, which may be an old one', async () => {
      const { lost, heard } = aFeed('e-5')
      await read('e-3')
      await wait(GRACE)
      heard('e-5')
      await read('e-3')
      await wait(GRACE)
      expect(lost.value).toBe(1)
    })

    it('asks after a post that the feed does not bring', async () => {
      const { lost } = aFeed()
      const posting = postMeow('hello', 'key')
      await server.last.answer(aMeow(), {}, 201)
      await posting
      await wait(GRACE)
      expect(server.last.url.search).toBe('?take=1')
      await answer('e-2')
      await wait(GRACE)
      expect(lost.value).toBe(1)
    })

    it('asks nothing after a post that the feed brings, or that was refused', async () => {
      const { heard } = aFeed()
      for (const status of [201, 400]) {
        const posting = postMeow('hello', 'key').catch(() => undefined)
        await server.last.answer(aMeow(), {}, status)
        await posting
        if (status === 201) heard('e-2')
        await wait(GRACE)
      }
      expect(asked()).toBe(2)
    })
  })

  describe('after a pause', () => {
    it('asks soon after the machine has slept', async () => {
      aFeed()
      await wait(6_000)
      vi.setSystemTime(Date.now() + 3_600_000)
      await wait(5_000)
      expect(asked()).toBe(1)
    })

    it('asks, too, when the clock was put back', async () => {
      aFeed()
      vi.setSystemTime(Date.now() - 3_600_000)
      await wait(5_000)
      expect(asked()).toBe(1)
      await answer('e-1')
      await wait(QUIET - 5_000)
      expect(asked()).toBe(1)
    })

    it('asks when somebody looks at it again, unless it has just brought something', async () => {
      const { heard } = aFeed()
      visibility('hidden')
      await wait(GRACE)
      expect(asked()).toBe(0)
      heard(null)
      visibility('visible')
      expect(asked()).toBe(0)
      await wait(GRACE)
      visibility('visible')
      expect(asked()).toBe(1)
    })

    it('asks when there is another network', async () => {
      aFeed()
      await wait(GRACE)
      window.dispatchEvent(new Event('online'))
      expect(asked()).toBe(1)
    })
  })

  it('ends with its component', async () => {
    const scope = effectScope()
    const liveness = scope.run(useLiveness)
    await read('e-2')
    scope.stop()
    await wait(2 * QUIET)
    expect(liveness?.lost.value).toBe(0)
    expect(asked()).toBe(1)
  })
})

import 'fake-indexeddb/auto'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Undo } from '../api'
import type { Meow } from '../meow/meow'
import { FakeLocks } from '../testing/FakeLocks'
import type { FakeRequest } from '../testing/FakeServer'
import { FakeServer, settled } from '../testing/FakeServer'
import { aMeow } from '../testing/meows'
import { memoryStore } from './PostStore'
import { useOutbox } from './useOutbox'

const LOCK = 'meower.outbox'

let server: FakeServer
let open: (() => void)[] = []

/** A tab of the browser, with an outbox in it. */
function aTab(store?: ReturnType<typeof memoryStore>) {
  const scope = effectScope()
  const posted: { meow: Meow; undo: Undo | null }[] = []
  const outbox = scope.run(() =>
    useOutbox((meow, undo) => {
      posted.push({ meow, undo })
    }, store),
  )
  if (outbox === undefined) throw new Error('There is no outbox.')
  const close = () => {
    scope.stop()
  }
  open.push(close)
  return {
    ...outbox,
    posted,
    close,
    bodies: () => outbox.posts.value.map(({ body }) => body),
    kinds: () => outbox.posts.value.map(({ state }) => state.kind),
    write: async (...texts: readonly string[]) => {
      for (const text of texts) await outbox.add(text)
    },
  }
}

function network(online: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
  window.dispatchEvent(new Event(online ? 'online' : 'offline'))
}

const keyOf = (request: FakeRequest | undefined) => request?.header.get('Idempotency-Key')
const bodyOf = (request: FakeRequest) =>
  (JSON.parse(request.init.body as string) as { body: string }).body
const bodies = () => server.requests.map(bodyOf)

const requested = (count: number) =>
  vi.waitFor(() => {
    expect(server.requests).toHaveLength(count)
  })

/** Answers the last request as a server does that stores what it gets. */
async function accept() {
  const body = bodyOf(server.last)
  await server.last.answer(aMeow({ id: `id of ${body}`, body }), { 'Meower-Undo': 't' }, 201)
}

describe.each([
  { where: 'with locks', locks: true },
  { where: 'without locks', locks: false },
])('useOutbox $where', ({ locks }) => {
  beforeEach(() => {
    if (locks) FakeLocks.install()
    globalThis.indexedDB = new IDBFactory()
    server = FakeServer.install()
  })
  afterEach(async () => {
    vi.useRealTimers()
    open.forEach((close) => {
      close()
    })
    open = []
    await settled()
  })

  it('sends one after the other, in the order in which they were written', async () => {
    const tab = aTab()
    await tab.write('one', 'two', 'three')
    await requested(1)
    expect(bodies()).toEqual(['one'])
    await accept()
    await requested(2)
    await server.last.refuse(400, 'never')
    await requested(3)
    await accept()
    expect(bodies()).toEqual(['one', 'two', 'three'])
    await vi.waitFor(() => {
      expect(tab.kinds()).toEqual(['refused'])
    })
  })

  it('waits with the others while the first one cannot be sent', async () => {
    const tab = aTab()
    await tab.write('one', 'two')
    await requested(1)
    await server.last.refuse(503, 'down', { 'Retry-After': '60' })
    await vi.waitFor(() => {
      expect(tab.kinds()).toEqual(['delayed', 'queued'])
    })
    await settled()
    expect(server.requests).toHaveLength(1)
  })

  it('sends what was written offline after the tab was closed, in order, under its keys', async () => {
    network(false)
    const before = aTab()
    await before.write('one', 'two', 'three')
    const keys = before.posts.value.map(({ key }) => key)
    before.close()
    const tab = aTab()
    await vi.waitFor(() => {
      expect(tab.bodies()).toEqual(['one', 'two', 'three'])
    })
    expect(server.requests).toHaveLength(0)
    network(true)
    for (let post = 1; post <= 3; post += 1) {
      await requested(post)
      await accept()
    }
    expect(bodies()).toEqual(['one', 'two', 'three'])
    expect(server.requests.map(keyOf)).toEqual(keys)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keys).size).toBe(3)
    expect(tab.posted.map(({ meow }) => meow.body)).toEqual(['one', 'two', 'three'])
  })

  it('sends again under the same key what a tab was sending when it was closed', async () => {
    const before = aTab()
    await before.write('one')
    await requested(1)
    before.close()
    aTab()
    await requested(2)
    expect(keyOf(server.requests[1])).toBe(keyOf(server.requests[0]))
  })

  it('tries again under the same key, each time later, and not before the server wants it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    vi.spyOn(Math, 'random').mockReturnValue(1)
    const tab = aTab()
    await tab.write('one')
    await requested(1)
    await server.last.refuse(503, 'down', { 'Retry-After': '2' })
    await vi.waitFor(() => {
      expect(tab.kinds()).toEqual(['delayed'])
    })
    await vi.advanceTimersByTimeAsync(2_900)
    await settled()
    expect(server.requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    await requested(2)
    await server.last.breakOff()
    await vi.waitFor(() => {
      expect(tab.posts.value[0]?.failures).toBe(2)
    })
    await vi.advanceTimersByTimeAsync(1_900)
    await settled()
    expect(server.requests).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(200)
    await requested(3)
    expect(new Set(server.requests.map(keyOf)).size).toBe(1)
  })

  it.each([
    ['is shorter than it should be', 0.3337, 0],
    ['goes off before it is time', 1, -700],
  ])('tries again although its timer %s', async (_, random, jump) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    vi.spyOn(Math, 'random').mockReturnValue(random)
    const tab = aTab()
    await tab.write('one')
    await requested(1)
    await server.last.breakOff()
    await vi.waitFor(() => {
      expect(tab.kinds()).toEqual(['delayed'])
    })
    vi.setSystemTime(Date.now() + jump)
    await vi.advanceTimersByTimeAsync(2_000)
    await requested(2)
  })

  it.each([408, 429, 500, 502, 503, 504])('goes on after %i', async (status) => {
    const tab = aTab()
    await tab.write('one')
    await requested(1)
    await server.last.refuse(status, 'not now')
    await vi.waitFor(() => {
      expect(tab.posts.value[0]?.state).toMatchObject({ kind: 'delayed', status, words: 'not now' })
    })
    expect(tab.posts.value[0]?.unsure).toBe(status !== 429)
  })

  it.each([400, 403, 410, 413, 415, 422])('does not go on after %i', async (status) => {
    const tab = aTab()
    await tab.write('one')
    await requested(1)
    await server.last.refuse(status, 'never')
    await vi.waitFor(() => {
      expect(tab.posts.value[0]?.state).toEqual({ kind: 'refused', words: 'never' })
    })
  })

  it('says of what was deleted meanwhile that it had been posted', async () => {
    const tab = aTab()
    await tab.write('one')
    await requested(1)
    await server.last.problem(410, { type: '/problems/deleted', detail: 'gone', by: 'operator' })
    await vi.waitFor(() => {
      expect(tab.posts.value[0]?.state).toMatchObject({
        words: { key: 'outbox.deleted' },
      })
    })
  })

  it.each(['online', 'focus', 'visibilitychange'])(
    'tries at once with %s what could not be reached, not what the server put off',
    async (event) => {
      const tab = aTab()
      await tab.write('one')
      await requested(1)
      await server.last.breakOff()
      await vi.waitFor(() => {
        expect(tab.kinds()).toEqual(['delayed'])
      })
      const target = event === 'visibilitychange' ? document : window
      target.dispatchEvent(new Event(event))
      await requested(2)
      await server.last.refuse(503, 'down', { 'Retry-After': '60' })
      await vi.waitFor(() => {
        expect(tab.posts.value[0]?.failures).toBe(2)
      })
      target.dispatchEvent(new Event(event))
      await settled()
      await settled()
      expect(server.requests).toHaveLength(2)
    },
  )

  it('shows every tab the same, and sends from one of them', async () => {
    const one = aTab()
    const other = aTab()
    await one.write('one')
    await other.write('two')
    await vi.waitFor(() => {
      expect(one.bodies()).toEqual(['one', 'two'])
      expect(other.bodies()).toEqual(['one', 'two'])
    })
    for (let post = 0; post < 2; post += 1) {
      await vi.waitFor(() => {
        expect(new Set(bodies()).size).toBe(post + 1)
      })
      await accept()
    }
    await vi.waitFor(() => {
      expect(one.bodies()).toEqual([])
      expect(other.bodies()).toEqual([])
    })
    const keys = new Map(server.requests.map((request) => [bodyOf(request), keyOf(request)]))
    expect(server.requests.every((r) => keyOf(r) === keys.get(bodyOf(r)))).toBe(true)
    expect(one.posted.map(({ meow }) => meow.body)).toEqual(['one', 'two'])
    expect(other.posted.map(({ meow }) => meow.body)).toEqual(['one', 'two'])
    if (locks) {
      expect(server.requests).toHaveLength(2)
      const undos = [...one.posted, ...other.posted].filter(({ undo }) => undo !== null)
      expect(undos).toHaveLength(2)
    }
  })

  it('gives up in one tab what is cancelled in another', async () => {
    const one = aTab()
    await one.write('one')
    await requested(1)
    const other = aTab()
    await vi.waitFor(() => {
      expect(other.bodies()).toEqual(['one'])
    })
    await other.cancel(other.posts.value[0]?.key ?? '')
    await vi.waitFor(() => {
      expect(server.requests[0]?.aborted).toBe(true)
      expect(one.bodies()).toEqual([])
    })
  })

  it('works within the tab when the browser takes its database away', async () => {
    network(false)
    const tab = aTab()
    await tab.write('one')
    const broken = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await tab.write('two')
    broken.mockRestore()
    expect(tab.bodies()).toEqual(['one', 'two'])
    network(true)
    await requested(1)
    await accept()
    await requested(2)
    await accept()
    expect(bodies()).toEqual(['one', 'two'])
    expect(tab.bodies()).toEqual([])
  })

  it('asks before it sends what nobody has wanted for a day', async () => {
    network(false)
    const tab = aTab()
    await tab.write('old')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 60 * 60_000 })
    await tab.write('new')
    network(true)
    await requested(1)
    expect(bodies()).toEqual(['new'])
    await accept()
    await settled()
    expect(server.requests).toHaveLength(1)
    await tab.sendNow(tab.posts.value[0]?.key ?? '')
    await requested(2)
    expect(bodies()).toEqual(['new', 'old'])
  })
})

describe('useOutbox', () => {
  beforeEach(() => {
    server = FakeServer.install()
  })

  it('does not wait for ever for a tab that is frozen', async () => {
    const patience = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
    FakeLocks.install().hold(LOCK)
    const tab = aTab(memoryStore([]))
    await tab.write('one')
    await settled()
    expect(server.requests).toHaveLength(0)
    patience.abort()
    await requested(1)
    tab.close()
  })
})

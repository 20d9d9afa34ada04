import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { nextTick } from 'vue'
import { useMutes } from '../mute/useMutes'
import { useFollowedTags } from '../tag/useFollowedTags'
import { readTags } from '../tag/tags'
import { FakeLocks } from '../testing/FakeLocks'
import { FakeNotifications } from '../testing/FakeNotifications'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow } from '../testing/meows'
import { use } from '../testing/render'
import { ATTENTION } from './attention'
import { PAUSE, WAIT, useHerald } from './useHerald'
import { useNotified } from './useNotified'

let system: FakeNotifications
let locks: FakeLocks

const own = new Set<string>()
const open = vi.fn<(address: string) => void>()

const wait = (milliseconds = WAIT) => vi.advanceTimersByTimeAsync(milliseconds)

const sockets = () => FakeWebSocket.opened.filter(({ closedByPage }) => !closedByPage)

const topics = () => new URL(FakeWebSocket.last.url).searchParams.getAll('topic')

async function look(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
  await wait(0)
}

/** A tab that was seen and is not any more, with notifications about these tags. */
async function aHerald(...tags: readonly string[]) {
  const herald = use(() => {
    const { follow } = useFollowedTags()
    const notified = useNotified()
    for (const tag of tags) {
      follow(readTags(tag).tags)
      notified.set(readTags(tag).tags, true)
    }
    useHerald((id) => own.has(id), open)
    return { ...notified, mutes: useMutes() }
  })
  await look('hidden')
  FakeWebSocket.opened.at(-1)?.hello('e-1')
  await wait(0)
  return herald
}

const arrive = (id: string, body = `${id} about #cats`) => {
  FakeWebSocket.last.meow(aMeow({ id, body }))
}

describe('notifications', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    own.clear()
    open.mockClear()
    locks = FakeLocks.install()
    system = FakeNotifications.install()
    system.permission = 'granted'
    FakeWebSocket.install()
    FakeEventSource.install()
    FakeServer.install()
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('tell of a meow about a tag while nobody sees the page', async () => {
    await aHerald('cats')
    expect(topics()).toEqual(['#cats'])
    arrive('a')
    await wait()
    expect(system.titles).toEqual(['1 new meow about #cats'])
    expect(system.only.body).toBe('a about #cats')
  })

  it('have a connection only while nobody sees the page', async () => {
    await aHerald('cats')
    expect(sockets()).toHaveLength(1)
    await look('visible')
    expect(sockets()).toHaveLength(0)
  })

  it('are one for each tag, which counts', async () => {
    await aHerald('cats', 'dogs')
    expect(sockets()).toHaveLength(1)
    expect(topics().sort()).toEqual(['#cats', '#dogs'])
    arrive('a')
    arrive('b', 'woof #dogs')
    await wait()
    arrive('c')
    arrive('d')
    await wait(PAUSE)
    expect(system.titles).toEqual(['3 new meows about #cats', '1 new meow about #dogs'])
  })

  it('are a sum when much comes at once, as after a long sleep', async () => {
    await aHerald('cats')
    for (let i = 0; i < 500; i += 1) arrive(`a${i}`)
    await wait(PAUSE)
    expect(system.titles).toEqual(['500 new meows about #cats'])
    expect(system.count).toBe(1)
  })

  it('say nothing of what was missed', async () => {
    await aHerald('cats')
    FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-900' })
    await wait(PAUSE)
    expect(system.count).toBe(0)
  })

  it('do not come closer together than they should', async () => {
    await aHerald('cats')
    arrive('a')
    await wait()
    for (const id of ['b', 'c', 'd']) {
      arrive(id)
      await wait(1_000)
    }
    expect(system.count).toBe(1)
    await wait(PAUSE)
    expect(system.count).toBe(2)
  })

  it('are none while another tab can be seen, and begin anew after that', async () => {
    await aHerald('cats')
    locks.hold('meower.seen')
    arrive('a')
    await wait()
    expect(system.count).toBe(0)
    vi.spyOn(locks, 'query').mockResolvedValue({ held: [], pending: [] })
    arrive('b')
    await wait()
    expect(system.titles).toEqual(['1 new meow about #cats'])
  })

  it('count from when a tab was seen last', async () => {
    await aHerald('cats')
    arrive('a')
    await wait()
    const other = new BroadcastChannel(ATTENTION)
    other.postMessage('seen')
    onTestFinished(() => {
      other.close()
    })
    await settled()
    arrive('b')
    await wait(PAUSE)
    expect(system.titles).toEqual(['1 new meow about #cats'])
    expect(system.only.body).toBe('b about #cats')
  })

  it('come from one tab only', async () => {
    locks.hold('meower.herald')
    await aHerald('cats')
    expect(FakeWebSocket.opened).toHaveLength(0)
  })

  it('are none about what is muted', async () => {
    const { mutes } = await aHerald('cats')
    mutes.add({ kind: 'word', what: 'boring' }, 'ever')
    arrive('a', 'boring #cats')
    await wait()
    expect(system.count).toBe(0)
    arrive('b')
    await wait()
    expect(system.titles).toEqual(['1 new meow about #cats'])
  })

  it('are none about what somebody here posted, also when that is known later', async () => {
    await aHerald('cats')
    arrive('mine')
    own.add('mine')
    await wait()
    expect(system.count).toBe(0)
  })

  it('are taken back with the meow', async () => {
    await aHerald('cats')
    arrive('a')
    arrive('b')
    await wait()
    FakeWebSocket.last.delete('b')
    await wait(PAUSE)
    expect(system.titles).toEqual(['1 new meow about #cats'])
    expect(system.only.body).toBe('a about #cats')
    FakeWebSocket.last.edit(aMeow({ id: 'a', body: 'no tag any more', revision: 2 }), 'e-9')
    await wait(PAUSE)
    expect(system.titles).toEqual([])
  })

  it('are gone when somebody looks', async () => {
    await aHerald('cats')
    arrive('a')
    await wait()
    await look('visible')
    expect(system.titles).toEqual([])
  })

  it('lead to the list of the tag', async () => {
    await aHerald('cats')
    arrive('a')
    await wait()
    system.only.onclick?.()
    expect(open).toHaveBeenCalledWith('/?tag=cats')
    expect(system.titles).toEqual([])
  })

  it('are shown by the worker where there is one, whose word leads to the list', async () => {
    const { registration, container } = system.withWorker()
    await aHerald('cats')
    arrive('a')
    await wait()
    expect(registration.showNotification).toHaveBeenCalledTimes(1)
    expect(system.only.data).toEqual({ address: '/?tag=cats' })
    container.dispatchEvent(new MessageEvent('message', { data: { go: '/?tag=cats' } }))
    expect(open).toHaveBeenCalledWith('/?tag=cats')
    await look('visible')
    expect(system.titles).toEqual([])
  })

  it('end with what somebody wants', async () => {
    const { set } = await aHerald('cats')
    set(readTags('cats').tags, false)
    await nextTick()
    expect(sockets()).toHaveLength(0)
  })

  it('are none where the browser does not allow them any more', async () => {
    await aHerald('cats')
    system.permission = 'denied'
    arrive('a')
    await wait()
    expect(system.count).toBe(0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { FakeEventSource } from '../testing/FakeEventSource'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, meows } from '../testing/meows'
import { render } from '../testing/render'
import { lastKnown } from './useLastKnown'

const KEY = 'meower.last'
const NOON = Date.parse('2026-03-01T12:00:00')
const DAY = 24 * 3_600_000

let server: FakeServer

function keep(value: unknown) {
  localStorage.setItem(KEY, typeof value === 'string' ? value : JSON.stringify(value))
}

async function thePage(live = true) {
  const page = render(App)
  await server.last.answer(meows('a', 'b'), { 'Meower-Position': 'e-1' })
  if (live) FakeWebSocket.last.hello('e-1', true)
  await vi.advanceTimersByTimeAsync(5_000)
  return page
}

/** As a browser does that is told to keep nothing: even to ask for it is an error. */
function refuseStorage() {
  for (const kind of ['localStorage', 'sessionStorage'] as const) {
    vi.spyOn(window, kind, 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'Date'] })
  vi.setSystemTime(NOON)
  history.replaceState(null, '', '/')
  localStorage.clear()
  FakeWebSocket.install()
  FakeEventSource.install()
  server = FakeServer.install()
})
afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
  vi.useRealTimers()
})

describe('what was there the last time', () => {
  it('is kept while the page is live', async () => {
    await thePage()
    expect(lastKnown()?.meows.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(lastKnown()?.at).toBeGreaterThanOrEqual(NOON)
  })

  it('is no more than a hundred', async () => {
    await thePage()
    for (let i = 0; i < 150; i += 1) FakeWebSocket.last.meow(aMeow({ id: `m${i}` }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(lastKnown()?.meows).toHaveLength(100)
    expect(lastKnown()?.meows[0]?.id).toBe('m149')
  })

  it('forgets what is deleted', async () => {
    await thePage()
    FakeWebSocket.last.delete('a')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(lastKnown()?.meows.map(({ id }) => id)).toEqual(['b'])
  })

  it('is of the time at which it was true', async () => {
    await thePage()
    const { at } = lastKnown() ?? {}
    FakeWebSocket.last.breakOff()
    await vi.advanceTimersByTimeAsync(60_000)
    window.dispatchEvent(new Event('pagehide'))
    expect((lastKnown()?.at ?? 0) - (at ?? 0)).toBeLessThan(10_000)
  })

  it('is kept of a page that was open for a moment', async () => {
    render(App)
    await server.last.answer(meows('a'), { 'Meower-Position': 'e-1' })
    FakeWebSocket.last.hello('e-1', true)
    await vi.advanceTimersByTimeAsync(100)
    FakeWebSocket.last.breakOff()
    await vi.advanceTimersByTimeAsync(100)
    window.dispatchEvent(new Event('pagehide'))
    expect(lastKnown()?.meows.map(({ id }) => id)).toEqual(['a'])
  })

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['something else', { at: 'now' }],
    ['no meow', { at: NOON, meows: [{ id: 1 }] }],
    ['an empty list', { at: NOON, meows: [] }],
    ['too old', { at: NOON - 8 * DAY, meows: [aMeow({ id: 'a' })] }],
  ])('is nothing when there is %s', (_, kept) => {
    keep(kept)
    expect(lastKnown()).toBeNull()
  })

  it('is nothing where the browser keeps nothing', async () => {
    refuseStorage()
    const page = await thePage()
    expect(page.findAll('.body')).toHaveLength(2)
    expect(lastKnown()).toBeNull()
  })
})

describe('a page that begins without a network', () => {
  const known = { at: NOON - 3_600_000, meows: [aMeow({ id: 'old', body: 'from before' })] }

  it('shows it, and from when it is', async () => {
    keep(known)
    const page = render(App)
    await server.last.breakOff()
    expect(page.text()).toContain('From 11:00 · offline')
    expect(page.findAll('.body').map((body) => body.text())).toEqual(['from before'])
    expect(page.text()).not.toContain('cannot be loaded')
  })

  it('shows what there is now as soon as it can', async () => {
    keep(known)
    const page = render(App)
    await server.last.breakOff()
    const retry = page.findAll('button').find((button) => button.text() === 'Retry now')
    await retry?.trigger('click')
    await server.last.answer(meows('new'), { 'Meower-Position': 'e-1' })
    await settled()
    expect(page.text()).not.toContain('offline')
    expect(page.findAll('.body').map((body) => body.text())).toEqual(['meow new'])
  })

  it('says what is wrong when the server does', async () => {
    keep(known)
    const page = render(App)
    await server.last.refuse(503, 'Try again later.')
    expect(page.text()).toContain('The timeline is not available at the moment.')
    expect(page.text()).not.toContain('from before')
  })

  it('says what is wrong when nothing was kept', async () => {
    const page = render(App)
    await server.last.breakOff()
    expect(page.text()).toContain('The timeline cannot be loaded.')
  })
})

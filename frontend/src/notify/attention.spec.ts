import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeLocks } from '../testing/FakeLocks'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { render, use } from '../testing/render'
import MeowPage from '../permalink/MeowPage.vue'
import WallView from '../wall/WallView.vue'
import { NOTIFIED, isSeen, useAttention } from './attention'

let locks: FakeLocks

async function look(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
}

const held = async () => (await locks.query()).held.map(({ name }) => name)

describe('that a tab can be seen', () => {
  beforeEach(() => {
    locks = FakeLocks.install()
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  })

  it('is known to all tabs for as long as it is so', async () => {
    localStorage.setItem(NOTIFIED, '["cats"]')
    use(useAttention)
    await settled()
    expect(await held()).toEqual(['meower.seen'])
    await look('hidden')
    expect(await held()).toEqual([])
    expect(await isSeen()).toBe(false)
    await look('visible')
    expect(await held()).toEqual(['meower.seen'])
    expect(await isSeen()).toBe(true)
  })

  it.each([null, '[]'])(
    'is nobody’s business where nothing is to be notified: %s',
    async (kept) => {
      if (kept !== null) localStorage.setItem(NOTIFIED, kept)
      use(useAttention)
      await settled()
      expect(await held()).toEqual([])
    },
  )

  it.each([
    ['a single meow', MeowPage, { path: '/meows/a' }],
    ['a wall', WallView, { search: '?tag=cats' }],
  ] as const)('is said by %s, too', async (_, page, props) => {
    FakeServer.install()
    FakeWebSocket.install()
    localStorage.setItem(NOTIFIED, '["cats"]')
    render(page, props)
    await settled()
    expect(await held()).toContain('meower.seen')
  })
})

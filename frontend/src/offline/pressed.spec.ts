import { expect, it, vi } from 'vitest'
import { goTo } from './pressed'

const aPage = (path: string) => ({
  url: `https://meower.test${path}`,
  focus: vi.fn(() => Promise.resolve()),
  postMessage: vi.fn<(message: unknown) => void>(),
})

const aBrowser = (...pages: readonly ReturnType<typeof aPage>[]) => ({
  matchAll: () => Promise.resolve(pages),
  openWindow: vi.fn<(address: string) => Promise<unknown>>(() => Promise.resolve()),
})

const cats = { address: '/?tag=cats' }

it('goes on in the page that is there already', async () => {
  const [other, timeline, tag] = [aPage('/wall'), aPage('/'), aPage('/?tag=cats')]
  const browser = aBrowser(other, timeline, tag)
  await goTo(browser, cats)
  expect(tag.focus).toHaveBeenCalled()
  expect(tag.postMessage).toHaveBeenCalledWith({ go: '/?tag=cats' })
  expect(timeline.focus).not.toHaveBeenCalled()
  expect(browser.openWindow).not.toHaveBeenCalled()
})

it('takes any page to where it leads', async () => {
  const [wall, timeline] = [aPage('/wall?tag=fest'), aPage('/?q=dogs')]
  await goTo(aBrowser(wall, timeline), cats)
  expect(timeline.postMessage).toHaveBeenCalledWith({ go: '/?tag=cats' })
  expect(wall.focus).not.toHaveBeenCalled()
})

it('opens a page where there is none', async () => {
  const browser = aBrowser(aPage('/wall'))
  await goTo(browser, cats)
  expect(browser.openWindow).toHaveBeenCalledWith('/?tag=cats')
})

it.each([null, 5, {}, { address: 7 }, { address: 'https://elsewhere.test/' }])(
  'leads nowhere else: %j',
  async (data) => {
    const browser = aBrowser()
    await goTo(browser, data)
    expect(browser.openWindow).toHaveBeenCalledWith('/')
  },
)

import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from '../App.vue'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aDeletion, aMeow, anEdit, meows } from '../testing/meows'
import { render } from '../testing/render'

const HEADER = 64
/** Where the list begins, and how high a meow is. */
const LIST = 300
const ROW = 100

let server: FakeServer
let page: VueWrapper

/** One below the other, as in a browser, which happy-dom does not lay out. */
function layOut(this: Element) {
  if (this.tagName === 'HEADER') return new DOMRect(0, 0, 0, HEADER)
  const row = this.closest('[data-row]')
  if (!row?.parentElement) return new DOMRect()
  const place = [...row.parentElement.children].indexOf(row)
  return new DOMRect(0, LIST + place * ROW - window.scrollY, 0, ROW)
}

async function scroll(y: number) {
  window.scrollTo({ top: y })
  await nextTick()
}

/** A browser says so when the page is scrolled; happy-dom does not. */
function scrolling() {
  const scrollTo = window.scrollTo.bind(window)
  vi.stubGlobal('scrollTo', (options: ScrollToOptions) => {
    scrollTo(options)
    window.dispatchEvent(new Event('scroll'))
  })
}

const bodies = () => page.findAll('.body').map((body) => body.text())

const requestFor = (parameter: string, value?: string) =>
  vi.waitFor(() => {
    const request = server.requests.find(
      ({ url, aborted, answered }) =>
        !aborted &&
        !answered &&
        url.searchParams.has(parameter) &&
        (value === undefined || url.searchParams.get(parameter) === value),
    )
    if (request === undefined) throw new Error(`Nobody asked for ${parameter}=${value ?? ''}.`)
    return request
  })

/** How far below the window's top a meow begins. */
function topOf(id: string): number {
  const meow = document.querySelector(`article[data-id="${id}"]`)
  if (meow === null) throw new Error(`${id} is not on the page.`)
  return meow.getBoundingClientRect().top
}

function open() {
  server = FakeServer.install()
  page = render(App)
}

/** Another document, which is all that some browsers say of it. */
function leave() {
  window.dispatchEvent(new Event('pagehide'))
  page.unmount()
  window.scrollTo({ top: 0 })
}

function reload() {
  leave()
  open()
}

async function follow(name: string) {
  const link = page.findAll('a').find((candidate) => candidate.text() === name)
  await link?.trigger('click')
}

async function back(address: string, state: unknown) {
  history.replaceState(state, '', address)
  window.dispatchEvent(new PopStateEvent('popstate'))
  await settled()
}

const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)

/** The timeline with two pages, of which the second ends it. */
async function twoPages() {
  await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  const more = page.findAll('button').find((button) => button.text() === 'Load older meows')
  await more?.trigger('click')
  await (await requestFor('before')).answer(meows(...ids(50, 59)))
  expect(bodies()).toHaveLength(60)
}

describe('usePlaces', { timeout: 20_000 }, () => {
  beforeEach(() => {
    FakeWebSocket.install()
    scrolling()
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(layOut)
    history.replaceState(null, '', '/')
    open()
  })
  afterEach(() => {
    window.scrollTo({ top: 0 })
    window.dispatchEvent(new Event('scroll'))
  })

  describe('after a reload', () => {
    it('finds what was read again, as it is now, while newer ones wait above it', async () => {
      await twoPages()
      await scroll(5_550)
      const before = topOf('m53')

      reload()
      await server.last.answer(meows('n', ...ids(0, 48)), { 'Meower-Position': 'e-2' })
      const rest = await requestFor('ids')
      const asked = rest.url.searchParams.get('ids')?.split(',') ?? []
      expect(asked).toEqual(ids(49, 59))
      const now = meows(...ids(49, 59)).filter(({ id }) => id !== 'm50' && id !== 'm54')
      await rest.answer([...now, aDeletion('m50'), anEdit('m54')])
      await settled()

      expect(topOf('m53')).toBe(before)
      expect(bodies()).not.toContain('meow m50')
      expect(bodies()).not.toContain('meow m54')
      expect(bodies()).toContain('m54 edited')
      expect(bodies()[0]).toBe('meow m0')
      expect(page.get('.fresh button').text()).toBe('Show 1 new meow')
      expect(page.text()).toContain('Load older meows')
    })

    it('knows the place of somebody who rests, however the page goes', async () => {
      await twoPages()
      await scroll(5_550)
      await vi.waitFor(() => {
        expect(sessionStorage.getItem('meower.places')).toContain('m53')
      })
    })

    it('reads on at the next meow when the one that was read is no more', async () => {
      await twoPages()
      await scroll(5_550)
      const before = topOf('m53')
      reload()
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      await (
        await requestFor('ids')
      ).answer([...meows(...ids(50, 52)), aDeletion('m53'), ...meows(...ids(54, 59))])
      await settled()
      expect(topOf('m54')).toBe(before)
    })

    it('finds it when Meower is there again', async () => {
      await twoPages()
      await scroll(5_550)
      const before = topOf('m53')
      reload()
      await server.last.refuse(503, 'away')
      reload()
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      await (await requestFor('ids')).refuse(503, 'away')
      await page.get('[role=alert] button').trigger('click')
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      await (await requestFor('ids')).answer(meows(...ids(50, 59)))
      await settled()
      expect(topOf('m53')).toBe(before)
    })

    it.each(['wheel', 'touchmove'])('moves nobody who scrolls meanwhile: %s', async (event) => {
      await twoPages()
      await scroll(5_550)
      reload()
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      const rest = await requestFor('ids')
      window.dispatchEvent(new Event(event))
      await rest.answer(meows(...ids(50, 59)))
      FakeWebSocket.last.hello('e-2', true)
      FakeWebSocket.last.meow(aMeow({ id: 'live', body: 'live' }))
      await settled()
      expect(window.scrollY).toBe(0)
      expect(bodies()[0]).toBe('live')
    })

    it('gives the focus back to the meow that had it', async () => {
      await twoPages()
      await scroll(5_550)
      const meow = page.get<HTMLElement>('article[data-id=m55]')
      meow.element.tabIndex = -1
      meow.element.focus()
      reload()
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      await (await requestFor('ids')).answer(meows(...ids(50, 59)))
      await settled()
      expect(document.activeElement?.getAttribute('data-id')).toBe('m55')
    })

    it('begins at the top when it was left there', async () => {
      await twoPages()
      reload()
      expect(server.requests).toHaveLength(1)
      await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
      await settled()
      expect(window.scrollY).toBe(0)
      expect(page.find('.fresh').exists()).toBe(false)
    })
  })

  it('finds the timeline again by going back to it after a reload elsewhere', async () => {
    await twoPages()
    await scroll(5_550)
    const before = topOf('m53')
    const state: unknown = history.state
    await follow('Search')
    expect(window.scrollY).toBe(0)
    reload()
    await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })

    await back('/', state)
    await server.last.answer(meows(...ids(0, 49)), { 'Meower-Position': 'e-2' })
    await (await requestFor('ids')).answer(meows(...ids(50, 59)))
    await settled()
    expect(topOf('m53')).toBe(before)
  })

  describe('in a search', () => {
    const found = (...list: readonly string[]) =>
      meows(...list).map((meow) => ({ ...meow, body: `${meow.body} #tag`, matches: [] }))
    const total = { 'Meower-Total': '60', 'Meower-Position': 'e-1' }

    /** Both pages of a search, and the state of its entry. */
    async function searched() {
      leave()
      history.replaceState(null, '', '/?q=cat')
      open()
      await (await requestFor('query', 'cat')).answer(found(...ids(0, 49)), total)
      const more = page.findAll('button').find((button) => button.text() === 'Load more results')
      await more?.trigger('click')
      await (await requestFor('skip', '50')).answer(found(...ids(50, 59)), total)
      expect(bodies()).toHaveLength(60)
      await scroll(5_550)
      return history.state as unknown
    }

    it('finds the place again over the list of a tag, which begins at its top', async () => {
      const state = await searched()
      const before = topOf('m53')
      await follow('#tag')
      await settled()
      expect(window.scrollY).toBe(0)
      expect(document.activeElement?.id).toBe('tag-heading')
      await (
        await requestFor('query', '#tag ')
      ).answer(found('m53'), {
        'Meower-Total': '1',
        'Meower-Position': 'e-1',
      })
      expect(bodies()).toHaveLength(1)
      expect(window.scrollY).toBe(0)

      await back('/?q=cat', state)
      await (await requestFor('query', 'cat')).answer(found(...ids(0, 49)), total)
      await (await requestFor('skip', '50')).answer(found(...ids(50, 59)), total)
      await settled()
      expect(topOf('m53')).toBe(before)
    })

    it('finds the place again after a reload', async () => {
      await searched()
      const before = topOf('m53')
      reload()
      await (await requestFor('query', 'cat')).answer(found(...ids(0, 49)), total)
      await (await requestFor('skip', '50')).answer(found(...ids(50, 59)), total)
      await settled()
      expect(topOf('m53')).toBe(before)
    })

    it('begins at the top when something else is typed, or sorted', async () => {
      await searched()
      await page.get('input[type=search]').setValue('dog')
      expect(window.scrollY).toBe(0)
      await (await requestFor('query', 'dog')).answer(found(...ids(0, 9)), total)
      await scroll(500)
      await page.get('input[value=newest]').trigger('change')
      expect(window.scrollY).toBe(0)
    })
  })
})

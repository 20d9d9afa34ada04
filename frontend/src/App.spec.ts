import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from './App.vue'
import { FakeEventSource } from './testing/FakeEventSource'
import { FakeServer, settled } from './testing/FakeServer'
import { FakeWebSocket } from './testing/FakeWebSocket'
import { aMeow, meows } from './testing/meows'
import { render } from './testing/render'

let server: FakeServer

async function scroll(y: number) {
  window.scrollTo({ top: y })
  window.dispatchEvent(new Event('scroll'))
  await nextTick()
}

/** The page at an address, with its timeline asked for. */
function thePage(address = '/') {
  history.replaceState(null, '', address)
  const page = render(App)
  return {
    page,
    bodies: () => page.findAll('.body').map((body) => body.text()),
    alert: () => page.get('[role=alert]').text(),
    link: (name: string) => {
      const link = page.findAll('a').find((candidate) => candidate.text().includes(name))
      if (link === undefined) throw new Error(`No link says ${name}.`)
      return link
    },
  }
}

async function theTimeline(...ids: readonly string[]) {
  const page = thePage()
  await server.last.answer(meows(...ids), { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  return page
}

describe('App', () => {
  beforeEach(() => {
    FakeWebSocket.install()
    FakeEventSource.install()
    server = FakeServer.install()
  })
  afterEach(async () => {
    vi.useRealTimers()
    await scroll(0)
  })

  describe('with the timeline', () => {
    it('shows a skeleton until it is there', async () => {
      const { page } = thePage()
      expect(page.text()).toContain('Loading the timeline')
      await server.last.answer(meows('a'))
      expect(page.text()).not.toContain('Loading the timeline')
    })

    it('shows meows newest first and new ones as they come', async () => {
      const { page, bodies } = await theTimeline('b', 'a')
      expect(bodies()).toEqual(['meow b', 'meow a'])
      FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'live' }))
      await nextTick()
      expect(bodies()).toEqual(['live', 'meow b', 'meow a'])
      expect(page.get('.badge').text()).toContain('Live')
    })

    it('says that there is nothing yet', async () => {
      const { page } = await theTimeline()
      expect(page.text()).toContain('Nobody has meowed yet.')
    })

    it('says in the server’s words that it is not available, and does not look empty', async () => {
      const { page, alert } = thePage()
      await server.last.refuse(503, 'The timeline is being restored.')
      expect(alert()).toContain('The timeline is not available at the moment.')
      expect(alert()).toContain('The timeline is being restored.')
      expect(alert()).toContain('tries again by itself')
      expect(page.text()).not.toContain('Nobody has meowed yet.')
      await page.get('[role=alert] button').trigger('click')
      await server.last.answer(meows('a'))
      expect(page.find('[role=alert]').exists()).toBe(false)
    })

    it('lets new meows wait behind a button while somebody reads further down', async () => {
      const { page, bodies } = await theTimeline('b', 'a')
      await scroll(500)
      FakeWebSocket.last.meow(aMeow({ id: 'c' }))
      await nextTick()
      expect(bodies()).toEqual(['meow b', 'meow a'])
      const button = page.get('.fresh button')
      expect(button.text()).toBe('Show 1 new meow')
      await button.trigger('click')
      await settled()
      expect(bodies()).toHaveLength(3)
      expect(window.scrollY).toBe(500)
      expect(button.text()).toBe('Go to the newest')
      await button.trigger('click')
      await settled()
      expect(window.scrollY).toBe(0)
      expect(document.activeElement?.id).toBe('timeline-heading')
    })

    it('announces new meows', async () => {
      const { page } = await theTimeline('a')
      FakeWebSocket.last.meow(aMeow({ id: 'b' }))
      await settled()
      const said = page.findAll('[role=status]').map((status) => status.text())
      expect(said).toContain('1 new meow')
    })

    it('shows at once what was posted, and once', async () => {
      const { page, bodies } = await theTimeline('a')
      await page.get('textarea').setValue('mine')
      await page.get('form').trigger('submit')
      await settled()
      await server.last.answer(aMeow({ id: 'mine', body: 'mine' }), {}, 201)
      expect(bodies()).toEqual(['mine', 'meow a'])
      FakeWebSocket.last.meow(aMeow({ id: 'mine', body: 'mine' }))
      await nextTick()
      expect(bodies()).toEqual(['mine', 'meow a'])
    })

    it('loads older meows with a button', async () => {
      const ids = Array.from({ length: 50 }, (_, index) => `m${index}`)
      const { page, bodies } = await theTimeline(...ids)
      const button = page.findAll('button').find((found) => found.text() === 'Load older meows')
      await button?.trigger('click')
      expect(server.last.url.searchParams.get('before')).toBe('m49')
      await server.last.answer(meows('old'))
      expect(bodies()).toHaveLength(51)
      expect(page.text()).toContain('That is where it all began.')
    })

    it('notices that nothing comes any more, says so, and has what it missed', async () => {
      vi.useFakeTimers()
      const { page, bodies } = await theTimeline('a')
      const silent = FakeWebSocket.last
      await vi.advanceTimersByTimeAsync(30_000)
      expect(server.last.url.search).toBe('?take=1')
      await server.last.answer(meows('c'), { 'Meower-Position': 'e-3' })
      await vi.advanceTimersByTimeAsync(5_000)
      expect(silent.closedByPage).toBe(true)
      expect(page.get('.badge').text()).toContain('Reconnecting')
      FakeWebSocket.last.hello('e-1', true)
      FakeWebSocket.last.meow(aMeow({ id: 'b', body: 'missed' }), 'e-2')
      FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'missed, too' }), 'e-3')
      await vi.advanceTimersByTimeAsync(1_000)
      expect(page.get('.badge').text()).toContain('Live')
      expect(bodies()).toEqual(['missed, too', 'missed', 'meow a'])
    })

    it('says why new meows do not come live where only reading gets through', async () => {
      vi.useFakeTimers()
      const { page, bodies } = thePage()
      const position = { 'Meower-Position': 'e-1' }
      await server.last.answer(meows('a'), position)
      for (const way of [FakeWebSocket, FakeWebSocket, FakeEventSource, FakeEventSource]) {
        way.last.breakOff()
        await vi.advanceTimersByTimeAsync(1_000)
      }
      expect(page.text()).not.toContain('does not get through')
      await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
      expect(page.get('.badge').text()).toContain('Delayed')
      expect(page.get('[role=status] .delayed').text()).toContain('does not get through to you')
      expect(bodies()).toEqual(['meow b', 'meow a'])
    })

    it('says when the server refuses the live feed', async () => {
      const { alert } = await theTimeline('a')
      FakeWebSocket.last.breakOff(1008)
      await nextTick()
      expect(alert()).toContain('Live updates are off.')
    })
  })

  describe('with search', () => {
    it('shows what a shared address searches', async () => {
      const { page, bodies } = thePage('/?q=cat')
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      await server.last.answer([{ ...aMeow({ body: 'a cat' }), matches: [{ start: 2, end: 5 }] }], {
        'Meower-Total': '1234',
      })
      expect(bodies()).toEqual(['a cat'])
      expect(page.get('mark').text()).toBe('cat')
      expect(page.text()).toContain('1,234 meows found')
      expect(document.title).toBe('\u2068cat\u2069 · Meower')
      expect(page.get<HTMLInputElement>('input[type=search]').element.value).toBe('cat')
    })

    it('says of many that there are at least so many', async () => {
      const { page } = thePage('/?q=cat')
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      await server.last.answer(meows('a'), {
        'Meower-Total': '1000',
        'Meower-Total-Relation': 'at-least',
      })
      expect(page.text()).toContain('At least 1,000 meows found')
    })

    it('searches as somebody types and keeps it in the address', async () => {
      const { page } = thePage('/?q=')
      await page.get('input[type=search]').setValue('kitten')
      await vi.waitFor(() => {
        expect(server.last.url.searchParams.get('query')).toBe('kitten')
        expect(location.search).toBe('?q=kitten')
      })
    })

    it('leads back to the same timeline', async () => {
      const { link, bodies } = thePage('/')
      await server.last.answer(meows('a'))
      await link('Search').trigger('click')
      const before = server.requests.length
      await link('Timeline').trigger('click')
      expect(bodies()).toEqual(['meow a'])
      expect(server.requests).toHaveLength(before)
      expect(document.title).toBe('Meower')
    })

    it('goes on receiving meows meanwhile', async () => {
      const { link, bodies } = await theTimeline('a')
      await link('Search').trigger('click')
      FakeWebSocket.last.meow(aMeow({ id: 'b', body: 'meanwhile' }))
      await link('Timeline').trigger('click')
      expect(bodies()).toEqual(['meanwhile', 'meow a'])
    })

    it('says what can be searched when nothing is asked, and takes the focus', () => {
      const { page, link } = thePage('/?q=')
      expect(page.text()).toContain('What are you looking for?')
      expect(link('#tag').attributes('href')).toBe('/?q=%23cats+&sort=newest')
      expect(document.activeElement?.id).toBe('search-text')
    })

    it('says that nothing was found', async () => {
      const { page } = thePage('/?q=xyzzy')
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      await server.last.answer([], { 'Meower-Total': '0' })
      expect(page.text()).toContain('Nothing found for “xyzzy”')
    })

    it('keeps what was asked apart from the words around it', async () => {
      const turning = 'cats\u202e \u05d7'
      const { page } = thePage(`/?q=${encodeURIComponent(turning)}`)
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      expect(page.get('h1 bdi').text()).toBe(turning)
      expect(page.get('h1').text()).toBe(`Results for ${turning}`)
      await server.last.answer([], { 'Meower-Total': '0' })
      expect(page.get('h2 bdi').text()).toBe(turning)
      expect(page.get('h2 bdi').attributes('lang')).toBe('')
      expect(document.title).toBe('\u2068cats \u05d7\u2069 · Meower')
    })

    it('says in words that it is not available instead of finding nothing', async () => {
      const { page, alert } = thePage('/?q=cat')
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      await server.last.refuse(503, 'Search is being restored.')
      expect(alert()).toContain('Search is not available at the moment.')
      expect(alert()).toContain('Search is being restored.')
      expect(page.text()).not.toContain('Nothing found')
    })

    it('does not show the answer to another question beside the error', async () => {
      const { page, bodies } = thePage('/?q=cat')
      const searched = (query: string) =>
        vi.waitFor(() => {
          expect(server.last.url.searchParams.get('query')).toBe(query)
        })
      await searched('cat')
      await server.last.answer(meows('a'))
      await page.get('input[type=search]').setValue('dog')
      await searched('dog')
      await server.last.refuse(503, 'down')
      expect(bodies()).toEqual([])
      await page.get('input[type=search]').setValue('xyzzy')
      await searched('xyzzy')
      await server.last.answer([])
      await page.get('input[type=search]').setValue('bird')
      await searched('bird')
      await server.last.refuse(503, 'down')
      expect(page.text()).not.toContain('Nothing found')
    })

    it.each(['', '   ', '\u3000\t'])('does nothing with Enter when %j is typed', async (blanks) => {
      const { page } = thePage('/?q=')
      await page.get('input[type=search]').setValue(blanks)
      const before = server.requests.length
      await page.get('form').trigger('submit')
      await settled()
      expect(server.requests).toHaveLength(before)
      expect(page.find('[role=alert]').exists()).toBe(false)
      expect(page.text()).toContain('What are you looking for?')
    })

    it.each(['', '&sort=newest'])('keeps the order “%s” for a tag that is typed', async (sort) => {
      const { page } = thePage(`/?q=cat${sort}`)
      await page.get('input[type=search]').setValue('#cats')
      await vi.waitFor(() => {
        expect(location.search).toBe(`?q=%23cats${sort}`)
      })
    })

    it('can be sorted by time', async () => {
      const { page } = thePage('/?q=cat')
      await page.get('input[value=newest]').trigger('change')
      await vi.waitFor(() => {
        expect(server.last.url.searchParams.get('sort')).toBe('newest')
      })
    })
  })

  it.each([
    { address: '/', name: 'Skip to the meows', id: 'timeline-heading' },
    { address: '/', name: 'Skip to writing', id: 'composer-text' },
    { address: '/?q=cat', name: 'Skip to the meows', id: 'search-heading' },
    { address: '/?q=cat', name: 'Skip to the search', id: 'search-text' },
  ])('at $address begins with a link: $name', async ({ address, name, id }) => {
    const { page } = thePage(address)
    const skips = page.findAll('a').slice(0, 2)
    const skip = skips.find((link) => link.text() === name)
    await skip?.trigger('click')
    expect(document.activeElement?.id).toBe(id)
    expect(skip?.attributes('href')).toBe(`#${id}`)
    expect(location.pathname + location.search + location.hash).toBe(address)
  })

  it.each([
    { address: '/', name: 'Timeline', id: 'timeline-heading' },
    { address: '/', name: 'meower', id: 'timeline-heading' },
    { address: '/?q=', name: 'Search', id: 'search-text' },
    { address: '/?tag=tag', name: '#tag', id: 'tag-heading' },
  ])('goes to the top with $name, which leads to $address, when it is there', async (there) => {
    const { page, link } = thePage(there.address)
    if (there.name === '#tag') {
      await vi.waitFor(() => {
        expect(server.last.url.pathname).toBe('/search')
      })
      await server.last.answer([aMeow({ body: 'a #tag' })])
    }
    await scroll(500)
    const steps = history.length
    const leading = there.name === '#tag' ? page.get('article a.tag') : link(there.name)
    await leading.trigger('click')
    await nextTick()
    expect(window.scrollY).toBe(0)
    expect(document.activeElement?.id).toBe(there.id)
    expect(history.length).toBe(steps)
  })

  it('begins at the top of the list when a tag is followed from far down in a search', async () => {
    const { link } = thePage('/?q=cat')
    await vi.waitFor(() => {
      expect(server.last.url.pathname).toBe('/search')
    })
    await server.last.answer([aMeow({ body: 'a #tag' })])
    await scroll(500)
    await link('#tag').trigger('click')
    await nextTick()
    expect(window.scrollY).toBe(0)
    expect(document.activeElement?.id).toBe('tag-heading')
  })

  it('names the view that is shown', () => {
    const { page } = thePage('/?q=')
    expect(page.get('[aria-current=page]').text()).toBe('Search')
  })
})

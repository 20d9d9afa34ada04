import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from '../App.vue'
import { PAUSE } from '../feed/transport/overReads'
// Loaded on demand, which takes time that the tests do not hold.
import '../mute/MutesDialog.vue'
import { FakeEventSource } from '../testing/FakeEventSource'
import type { FakeRequest } from '../testing/FakeServer'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, anEdit } from '../testing/meows'
import { render } from '../testing/render'

let server: FakeServer
let page: VueWrapper

const at = (second: number) => `2026-01-02T03:04:${String(second).padStart(2, '0')}Z`

/** Its id says when it was posted, and with which tag: `cats5`. */
const tagged = (id: string, second = Number(/\d+$/.exec(id)?.[0] ?? 0)) =>
  aMeow({ id, body: `${id} #${id.replace(/\d+$/, '')}`, created_at: at(second % 60) })

const wait = (milliseconds = 100) => vi.advanceTimersByTimeAsync(milliseconds)

const ids = () => page.findAll('article').map((article) => article.attributes('data-id'))

const badge = () => page.get('.badge').text().replace('Live feed: ', '')

const sockets = () => FakeWebSocket.opened.filter(({ closedByPage }) => !closedByPage)

const wanted = () => {
  const { searchParams } = new URL(FakeWebSocket.last.url)
  return { after: searchParams.get('after'), topics: searchParams.getAll('topic').sort() }
}

const link = (name: string) => {
  const found = page.findAll('nav a').find((candidate) => candidate.text() === name)
  if (found === undefined) throw new Error(`No tab says ${name}.`)
  return found
}

const button = (name: string) => {
  const found = page.findAll('button').find((candidate) => candidate.text().startsWith(name))
  if (found === undefined) throw new Error(`No button says ${name}.`)
  return found
}

function asked(query: string): FakeRequest {
  const request = server.requests.find(
    ({ url, answered, aborted }) =>
      !answered && !aborted && url.searchParams.get('query') === `#${query} `,
  )
  if (request === undefined) throw new Error(`Nobody searches for ${query}.`)
  return request
}

async function answer(query: string, position: string, ...found: readonly string[]) {
  await asked(query).answer(
    found.map((id) => ({ ...tagged(id), matches: [{ start: 0, end: 1 }] })),
    { 'Meower-Position': position, 'Meower-Total': String(found.length) },
  )
  await wait()
}

function open(address: string) {
  history.replaceState(null, '', address)
  page = render(App)
}

/** The list of a tag whose page ends at `e-1`, live. */
async function theTag(...found: readonly string[]) {
  open('/?tag=cats')
  await answer('cats', 'e-1', ...found)
  FakeWebSocket.last.hello('e-1', true)
  await wait()
}

async function arrive(id: string, position: string, second?: number) {
  FakeWebSocket.last.meow(tagged(id, second), position)
  await wait(1_100)
}

async function comeBack(position: string, resumed: boolean) {
  const opened = FakeWebSocket.opened.length
  FakeWebSocket.last.breakOff()
  while (FakeWebSocket.opened.length === opened) await wait()
  FakeWebSocket.last.hello(position, resumed)
  await wait()
}

async function widen(width: number) {
  vi.stubGlobal('innerWidth', width)
  window.dispatchEvent(new Event('resize'))
  await wait()
}

describe('a tag', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    FakeWebSocket.install()
    FakeEventSource.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
    window.scrollTo({ top: 0 })
  })

  describe('alone', () => {
    it('is read newest first, and followed from where its page ends', async () => {
      open('/?tag=cats')
      expect(server.requests).toHaveLength(1)
      expect(asked('cats').url.searchParams.get('sort')).toBe('newest')
      expect(FakeWebSocket.opened).toHaveLength(0)
      expect(badge()).toBe('Connecting')
      await answer('cats', 'e-1', 'cats2', 'cats1')
      expect(wanted()).toEqual({ after: 'e-1', topics: ['#cats'] })
      FakeWebSocket.last.hello('e-1', true)
      await wait()
      expect(badge()).toBe('Live')
      expect(ids()).toEqual(['cats2', 'cats1'])
      expect(page.get('h1').text()).toBe('#cats')
      expect(document.title).toBe('\u2068#cats\u2069 · Meower')
      expect(page.find('mark').exists()).toBe(false)
    })

    it('shows what is posted, once, and asks nothing more', async () => {
      await theTag('cats1')
      await arrive('cats2', 'e-2')
      await arrive('cats3', 'e-3')
      await arrive('cats3', 'e-3')
      expect(ids()).toEqual(['cats3', 'cats2', 'cats1'])
      expect(server.requests).toHaveLength(1)
    })

    it('has what a reconnect brings, and nothing twice', async () => {
      await theTag('cats1')
      await arrive('cats2', 'e-2')
      await comeBack('e-2', true)
      expect(wanted()).toEqual({ after: 'e-2', topics: ['#cats'] })
      await arrive('cats3', 'e-3')
      expect(ids()).toEqual(['cats3', 'cats2', 'cats1'])
      expect(server.requests).toHaveLength(1)
    })

    it('reads exactly up to where a feed begins that cannot resume', async () => {
      await theTag('cats1')
      await comeBack('e-7', false)
      expect(asked('cats').url.searchParams.get('position')).toBe('e-7')
      await arrive('cats9', 'e-9')
      await answer('cats', 'e-7', 'cats5', 'cats1')
      expect(ids()).toEqual(['cats9', 'cats5', 'cats1'])
      await wait(60_000)
      expect(server.requests.filter(({ url }) => url.pathname === '/search')).toHaveLength(2)
    })

    it('reads what a slow connection left out', async () => {
      await theTag('cats1')
      FakeWebSocket.last.send({ kind: 3, from: 'e-1', to: 'e-5' })
      await wait(1_100)
      expect(asked('cats').url.searchParams.get('position')).toBe('e-5')
      await answer('cats', 'e-5', 'cats4', 'cats1')
      expect(ids()).toEqual(['cats4', 'cats1'])
    })

    it('follows edits and deletions', async () => {
      await theTag('cats2', 'cats1')
      FakeWebSocket.last.edit(anEdit('cats1', 2, 'other words #cats'), 'e-2')
      FakeWebSocket.last.delete('cats2', 'e-3')
      await wait()
      expect(page.findAll('.body').map((body) => body.text())).toEqual(['other words #cats'])
    })

    it('lets go of what is edited to have the tag no more, and takes what gets it', async () => {
      await theTag('cats9', 'cats5', 'cats1')
      FakeWebSocket.last.edit(anEdit('cats5', 2, 'no tag any more'), 'e-2')
      await wait()
      expect(ids()).toEqual(['cats9', 'cats1'])
      const gets = { ...anEdit('late', 2, 'is about #Cats now'), created_at: at(4) }
      FakeWebSocket.last.edit(gets, 'e-3')
      await wait()
      expect(ids()).toEqual(['cats9', 'late', 'cats1'])
    })

    it('loads what is older, below what is held', async () => {
      const page1 = Array.from({ length: 50 }, (_, index) => `cats${59 - index}`)
      await theTag(...page1)
      await button('Load older').trigger('click')
      const { searchParams } = asked('cats').url
      expect(Number(searchParams.get('skip'))).toBeLessThanOrEqual(50)
      await answer('cats', 'e-1', 'cats11', 'cats10', 'cats9', 'cats8')
      expect(ids().slice(-3)).toEqual(['cats10', 'cats9', 'cats8'])
      expect(ids()).toHaveLength(52)
      expect(page.text()).toContain('That is where it all began.')
    })

    it('goes on further down where what is older has moved', async () => {
      const page1 = Array.from({ length: 50 }, (_, index) => `cats${59 - index}`)
      await theTag(...page1)
      await button('Load older').trigger('click')
      await answer('cats', 'e-1', ...page1)
      const skip = Number(asked('cats').url.searchParams.get('skip'))
      expect(skip).toBeGreaterThan(50)
      await answer('cats', 'e-1', 'cats9')
      expect(ids().at(-1)).toBe('cats9')
    })

    it('goes on further down where all are of the same moment', async () => {
      const page1 = Array.from({ length: 50 }, (_, index) => `cats${10 + 60 * index}`)
      await theTag(...page1)
      await button('Load older').trigger('click')
      await answer('cats', 'e-1', ...page1)
      await answer('cats', 'e-1', 'cats9')
      expect(ids().at(-1)).toBe('cats9')
    })

    it('holds still while paused, and shows what waits when it is asked to', async () => {
      await theTag('cats1')
      await button('Pause').trigger('click')
      await arrive('cats2', 'e-2')
      expect(ids()).toEqual(['cats1'])
      expect(page.get('.fresh button').text()).toBe('Show 1 new meow')
      expect(document.title).toBe('(1) \u2068#cats\u2069 · Meower')
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }))
      await wait()
      expect(ids()).toEqual(['cats2', 'cats1'])
    })

    it('opens the feed anew when nothing was heard for long, and says nothing of it', async () => {
      await theTag('cats1')
      const silent = FakeWebSocket.last
      await wait(30_000)
      expect(silent.closedByPage).toBe(true)
      expect(wanted()).toEqual({ after: 'e-1', topics: ['#cats'] })
      expect(badge()).toBe('Live')
      FakeWebSocket.last.hello('e-1', true)
      await arrive('cats2', 'e-2')
      expect(ids()).toEqual(['cats2', 'cats1'])
      expect(server.requests).toHaveLength(1)
    })

    it('says that nothing has it yet', async () => {
      await theTag()
      expect(page.get('.empty').text()).toContain('Nothing with #cats yet')
    })

    it('says so while it cannot be read, and tries again', async () => {
      open('/?tag=cats')
      await asked('cats').refuse(503, 'The index is being restored.')
      expect(page.get('[role=alert]').text()).toContain('\u2068#cats\u2069 is not available')
      await wait(2_000)
      await answer('cats', 'e-1', 'cats1')
      expect(page.find('[role=alert]').exists()).toBe(false)
    })
  })

  describe('beside the timeline', () => {
    it('has the one connection, which the timeline gets back where it was', async () => {
      open('/')
      await server.last.answer([aMeow({ id: 'a', body: 'about #cats' })], {
        'Meower-Position': 'e-1',
      })
      FakeWebSocket.last.hello('e-1', true)
      FakeWebSocket.last.meow(aMeow({ id: 'b', body: 'else' }), 'e-2')
      await wait()
      await page.get('article a.tag').trigger('click')
      expect(location.search).toBe('?tag=cats')
      await wait()
      expect(sockets()).toHaveLength(0)
      await answer('cats', 'e-5', 'cats1')
      expect(sockets()).toHaveLength(1)

      await link('Timeline').trigger('click')
      await wait()
      expect(sockets()).toHaveLength(1)
      expect(wanted()).toEqual({ after: 'e-2', topics: [] })
      expect(badge()).toBe('Connecting')
      const reads = server.requests.length
      FakeWebSocket.last.hello('e-2', true)
      FakeWebSocket.last.meow(aMeow({ id: 'c', body: 'meanwhile' }), 'e-3')
      await wait(1_100)
      expect(ids()).toEqual(['c', 'b', 'a'])
      expect(badge()).toBe('Live')
      expect(server.requests).toHaveLength(reads)
    })

    it('does not read the timeline before somebody wants it', async () => {
      await theTag('cats1')
      expect(server.requests.some(({ url }) => url.pathname === '/meows')).toBe(false)
      await link('Timeline').trigger('click')
      await wait()
      expect(server.last.url.pathname).toBe('/meows')
    })

    it('is followed by another tag with a connection of its own', async () => {
      await theTag('cats1')
      page.get<HTMLElement>('article a.tag').element.setAttribute('href', '/?tag=dogs')
      await page.get('article a.tag').trigger('click')
      await answer('dogs', 'e-3', 'dogs1')
      expect(sockets()).toHaveLength(1)
      expect(wanted()).toEqual({ after: 'e-3', topics: ['#dogs'] })
      expect(ids()).toEqual(['dogs1'])
    })
  })

  describe('of several', () => {
    it('is each meow once, in order, up to one position', async () => {
      open('/?tag=cats+dogs')
      await answer('cats', 'e-1', 'cats5', 'cats1')
      expect(asked('dogs').url.searchParams.get('position')).toBe('e-1')
      const both = aMeow({ id: 'cats5', body: 'both', created_at: at(5) })
      await asked('dogs').answer([both, tagged('dogs3')], { 'Meower-Position': 'e-1' })
      await wait()
      expect(wanted()).toEqual({ after: 'e-1', topics: ['#cats', '#dogs'] })
      expect(ids()).toEqual(['cats5', 'dogs3', 'cats1'])
      expect(page.get('h1').text()).toBe('#cats #dogs')
    })

    it('shows nothing of one below where the page of the other ends', async () => {
      open('/?tag=cats+dogs')
      await answer('cats', 'e-1', ...Array.from({ length: 50 }, (_, i) => `cats${59 - i}`))
      await answer('dogs', 'e-1', 'dogs30', 'dogs3')
      expect(ids()).toContain('dogs30')
      expect(ids()).not.toContain('dogs3')
      await button('Load older').trigger('click')
      await answer('cats', 'e-1', 'cats2')
      await answer('dogs', 'e-1', 'dogs30', 'dogs3')
      expect(ids().slice(-2)).toEqual(['dogs3', 'cats2'])
    })
  })

  describe('that is none', () => {
    it.each([
      ['/?tag=!!', '“\u2068!!\u2069” is no tag'],
      ['/?tag=2024+%3Cb%3E', '“\u20682024\u2069”, “\u2068<b>\u2069” are no tags'],
      ['/?tag=', 'No tag is named here.'],
      ['/?tag=cats+!!', '“\u2068!!\u2069” is no tag'],
    ])('gets a sentence: %s', async (address, words) => {
      open(address)
      await wait()
      expect(page.get('main').text()).toContain(words)
      expect(page.find('[role=alert]').exists()).toBe(false)
      expect(FakeWebSocket.opened).toHaveLength(0)
    })

    it('is not said to be live', async () => {
      open('/?tag=!!')
      await wait(60_000)
      expect(badge()).toBe('Not live')
      expect(server.requests).toHaveLength(0)
    })
  })

  describe('that the server does not send', () => {
    it('is asked for when the connection is closed for good, and that is said', async () => {
      await theTag('cats1')
      FakeWebSocket.last.breakOff(1008)
      await wait()
      expect(server.last.url.pathname + server.last.url.search).toBe('/meows?take=1')
      await server.last.answer([], { 'Meower-Position': 'e-1' })
      await server.last.problem(400, { detail: 'Name at most 1 topic.' })
      await wait()
      expect(badge()).toBe('Delayed')
      expect(page.text()).toContain('does not send these tags live. Name at most 1 topic.')
      await wait(PAUSE)
      await server.last.answer([], { 'Meower-Position': 'e-4' })
      await answer('cats', 'e-4', 'cats2', 'cats1')
      expect(ids()).toEqual(['cats2', 'cats1'])
    })

    it('is asked for when it is refused at the door, which says why', async () => {
      open('/?tag=cats')
      await answer('cats', 'e-1', 'cats1')
      for (const way of [FakeWebSocket, FakeWebSocket, FakeEventSource, FakeEventSource]) {
        way.last.breakOff()
        await wait(1_000)
      }
      await server.last.answer([], { 'Meower-Position': 'e-1' })
      await wait()
      const why = server.requests.find(({ url }) => url.pathname === '/events')
      expect(why?.url.searchParams.getAll('topic')).toEqual(['#cats'])
      await why?.problem(400, { detail: 'Name at most 1 topic.' })
      await wait()
      await server.last.answer([], { 'Meower-Position': 'e-1' })
      await wait()
      expect(page.text()).toContain('Name at most 1 topic.')
      await wait(15_000)
      // Nobody tries again what was refused.
      expect(sockets()).toHaveLength(0)
    })
  })

  describe('in a search', () => {
    it.each([
      ['/?q=cats', 'Not live'],
      ['/?q=', 'Not live'],
      ['/?q=cats&sort=newest', 'Live'],
    ])('is as live as it says: %s', async (address, words) => {
      open(address)
      await server.requests[0]?.answer([], { 'Meower-Position': 'e-1' })
      FakeWebSocket.opened.forEach((socket) => {
        socket.hello('e-1', true)
      })
      await wait(300)
      const search = server.requests.find(({ url }) => url.pathname === '/search')
      await search?.answer([], { 'Meower-Position': 'e-1' })
      await wait()
      FakeWebSocket.last.hello('e-1', true)
      await wait()
      expect(badge()).toBe(words)
    })

    it('can still be searched', async () => {
      await theTag('cats1')
      expect(page.get('.actions a').attributes('href')).toBe('/?q=%23cats+&sort=newest')
    })
  })

  describe('that is followed', () => {
    it('is a tab, also the next time, until it is not followed any more', async () => {
      await theTag('cats1')
      await button('Follow').trigger('click')
      expect(link('#cats').attributes('href')).toBe('/?tag=cats')
      expect(link('#cats').attributes('aria-current')).toBe('page')
      await wait()
      expect(JSON.parse(localStorage.getItem('meower.tags') ?? '')).toMatchObject({
        tags: ['#cats'],
      })
      await button('Unfollow').trigger('click')
      expect(page.findAll('nav a')).toHaveLength(2)
    })

    it('leaves the focus on what was pressed', async () => {
      await theTag('cats1')
      const follow = button('Follow').element as HTMLElement
      follow.focus()
      follow.click()
      await wait()
      expect(document.activeElement).toBe(button('Unfollow').element)
    })

    it.each(['nonsense', '5', '{"tags":5}', '{"tags":["!!",7,null,"#ok"]}'])(
      'is nothing that cannot be read: %s',
      async (stored) => {
        localStorage.setItem('meower.tags', stored)
        window.dispatchEvent(
          new StorageEvent('storage', {
            key: 'meower.tags',
            newValue: stored,
            storageArea: localStorage,
          }),
        )
        await theTag('cats1')
        const tabs = page.findAll('nav a').map((tab) => tab.text())
        expect(tabs).toEqual(['Timeline', 'Search', ...(stored.includes('#ok') ? ['#ok'] : [])])
      },
    )
  })

  describe('beside others', () => {
    async function theColumns() {
      await theTag('cats1')
      await button('Follow').trigger('click')
      page.get<HTMLElement>('article a.tag').element.setAttribute('href', '/?tag=dogs')
      await page.get('article a.tag').trigger('click')
      await answer('dogs', 'e-1', 'dogs1')
      FakeWebSocket.last.hello('e-1', true)
      await button('Follow').trigger('click')
      await widen(1_400)
    }

    const column = (index: number) =>
      page
        .findAll('section.list')
        .at(index)
        ?.findAll('article')
        .map((article) => article.attributes('data-id'))

    it('is offered where there is room, and not on a phone', async () => {
      await theColumns()
      expect(page.find('[role=switch]').exists()).toBe(true)
      for (const width of [1_000, 390]) {
        await widen(width)
        expect(page.find('[role=switch]').exists()).toBe(false)
      }
    })

    it('has a list and a heading of its own, and one connection for all', async () => {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-1', 'dogs1')
      await answer('cats', 'e-1', 'cats1')
      expect(page.findAll('h2').map((heading) => heading.text())).toEqual(['#dogs', '#cats'])
      expect(page.findAll('h1')).toHaveLength(1)
      expect(sockets()).toHaveLength(1)
      expect(wanted()).toEqual({ after: 'e-1', topics: ['#cats', '#dogs'] })
      FakeWebSocket.last.hello('e-1', true)
      await arrive('cats2', 'e-2')
      await arrive('dogs2', 'e-3')
      expect(column(0)).toEqual(['dogs2', 'dogs1'])
      expect(column(1)).toEqual(['cats2', 'cats1'])
      FakeWebSocket.last.delete('cats1', 'e-4')
      await wait()
      expect(column(1)).toEqual(['cats2'])
    })

    it('reads exactly up to where the common connection begins when it comes later', async () => {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-3', 'dogs1')
      FakeWebSocket.last.hello('e-3', true)
      await wait()
      expect(asked('cats').url.searchParams.get('position')).toBe('e-3')
      await answer('cats', 'e-3', 'cats1')
      expect(column(1)).toEqual(['cats1'])
    })

    it('takes the keys when it has the focus', async () => {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-1', 'dogs1')
      await answer('cats', 'e-1', 'cats2', 'cats1')
      const [first, second] = page.findAll<HTMLElement>('section.list')
      const press = async (key: string) => {
        const event = new KeyboardEvent('keydown', { key, bubbles: true })
        ;(document.activeElement ?? document.body).dispatchEvent(event)
        await wait()
      }
      first?.get<HTMLElement>('article').element.focus()
      await press('j')
      expect(first?.element.contains(document.activeElement)).toBe(true)
      second?.get<HTMLElement>('article').element.focus()
      await press('j')
      expect(document.activeElement?.getAttribute('data-id')).toBe('cats1')
    })

    it('hides with X what has the focus in any of them, and leaves the focus there', async () => {
      await theRead()
      const second = page.findAll<HTMLElement>('section.list').at(1)
      second?.get<HTMLElement>('article').element.focus()
      const init = { key: 'x', bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
      await wait()
      const note = second?.get('article')
      expect(note?.classes()).toContain('muted')
      expect(document.activeElement).toBe(note?.element)
    })

    it('gets the focus back when something was muted in it, not the first that has it', async () => {
      await theRead()
      FakeWebSocket.last.meow({ ...tagged('cats2'), id: 'both', body: '#cats and #dogs' }, 'e-2')
      await wait(1_100)
      const row = page.findAll('section.list').at(1)?.get('[data-row=both]')
      const opener = row?.get<HTMLElement>('.mute')
      opener?.element.focus()
      await opener?.trigger('click')
      await wait()
      const dialog = page.get<HTMLDialogElement>('dialog')
      dialog.get<HTMLElement>('#mute-text').element.focus()
      await dialog.get('#mute-text').setValue('and')
      await dialog.get('form').trigger('submit')
      dialog.element.close()
      await wait()
      const note = row?.get('article')
      expect(note?.classes()).toContain('muted')
      expect(document.activeElement).toBe(note?.element)
    })

    async function scroll(index: number, y: number) {
      const element = page.findAll<HTMLElement>('[data-column]').at(index)?.element
      if (element === undefined) throw new Error('There is no such column.')
      element.scrollTop = y
      element.dispatchEvent(new Event('scroll'))
      await wait()
    }

    async function theRead() {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-1', 'dogs1')
      await answer('cats', 'e-1', 'cats1')
      FakeWebSocket.last.hello('e-1', true)
      await wait()
    }

    it('holds still while it is read, and alone', async () => {
      await theRead()
      await scroll(1, 500)
      await arrive('cats2', 'e-2')
      await arrive('dogs2', 'e-3')
      expect(column(1)).toEqual(['cats1'])
      expect(column(0)).toEqual(['dogs2', 'dogs1'])
      expect(page.findAll('.fresh').map((pill) => pill.text())).toEqual(['Show 1 new meow'])
      await scroll(1, 0)
      await wait(1_100)
      expect(column(1)).toEqual(['cats2', 'cats1'])
    })

    it('goes to its top when somebody goes once more where one is', async () => {
      await theRead()
      await scroll(1, 500)
      await link('#dogs').trigger('click')
      await wait()
      expect(page.findAll('[data-column]').map(({ element }) => element.scrollTop)).toEqual([0, 0])
    })

    it('counts in the title what waits in one of them', async () => {
      await theRead()
      await scroll(1, 500)
      await arrive('cats2', 'e-2')
      await arrive('dogs2', 'e-3')
      expect(document.title).toMatch(/^\(1\) /)
    })

    it('tells of what is posted where it cannot be seen, and leads there', async () => {
      await theRead()
      await scroll(0, 500)
      await page.get('textarea').setValue('posted #dogs')
      await page.get('form').trigger('submit')
      await wait()
      await button('View').trigger('click')
      await wait()
      expect(page.findAll('[data-column]').at(0)?.element.scrollTop).toBe(0)
      expect((document.activeElement as HTMLElement).dataset.post).toBeDefined()
    })

    it('gives the focus to the first list when it goes', async () => {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-1', 'dogs1')
      await answer('cats', 'e-1', 'cats1')
      const unfollow = page.findAll<HTMLElement>('.actions button').at(1)?.element
      unfollow?.focus()
      unfollow?.click()
      await wait()
      expect(page.findAll('section.list')).toHaveLength(1)
      expect(document.activeElement?.id).toBe('tag-heading')
    })

    it('joins while the others go on', async () => {
      await theColumns()
      await page.get('[role=switch]').setValue(true)
      await wait()
      await answer('dogs', 'e-1', 'dogs1')
      await answer('cats', 'e-1', 'cats1')
      FakeWebSocket.last.hello('e-1', true)
      await arrive('dogs2', 'e-2')
      localStorage.setItem(
        'meower.tags',
        JSON.stringify({ tags: ['#cats', '#dogs', '#birds'], columns: true }),
      )
      window.dispatchEvent(
        new StorageEvent('storage', {
          key: 'meower.tags',
          newValue: localStorage.getItem('meower.tags'),
          storageArea: localStorage,
        }),
      )
      await widen(1_900)
      expect(sockets()).toHaveLength(1)
      expect(wanted()).toEqual({ after: 'e-2', topics: ['#birds', '#cats', '#dogs'] })
      FakeWebSocket.last.hello('e-2', true)
      await wait()
      expect(asked('birds').url.searchParams.get('position')).toBe('e-2')
      await answer('birds', 'e-2', 'birds1')
      await arrive('birds3', 'e-3')
      expect(column(2)).toEqual(['birds3', 'birds1'])
      expect(column(0)).toEqual(['dogs2', 'dogs1'])
    })
  })

  describe('and its composer', () => {
    const field = () => page.get<HTMLTextAreaElement>('textarea')

    it('begins with the tag, which can be removed', async () => {
      await theTag('cats1')
      expect(field().element.value).toBe('#cats ')
      expect(button('Post').attributes('disabled')).toBeDefined()
      await field().setValue('')
      expect(field().element.value).toBe('')
      await link('Timeline').trigger('click')
      await nextTick()
      expect(field().element.value).toBe('')
    })

    it('shows what is posted with the tag at once, and leads to what is not', async () => {
      await theTag('cats1')
      await field().setValue('#cats of mine')
      await page.get('form').trigger('submit')
      await wait()
      await server.last.answer(aMeow({ id: 'mine', body: '#cats of mine' }), {}, 201)
      await wait(1_100)
      expect(ids()).toEqual(['mine', 'cats1'])

      await field().setValue('without')
      await page.get('form').trigger('submit')
      await wait()
      await server.last.answer(aMeow({ id: 'other', body: 'without' }), {}, 201)
      await wait(1_100)
      expect(ids()).toEqual(['mine', 'cats1'])
      await button('View').trigger('click')
      expect(location.search).toBe('')
    })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from '../App.vue'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, meows } from '../testing/meows'
import { render } from '../testing/render'

let server: FakeServer

const UNDO = { 'Meower-Undo': 't-1' }
const MINE = aMeow({ id: 'mine', body: 'mine' })

async function scroll(y: number) {
  window.scrollTo({ top: y })
  window.dispatchEvent(new Event('scroll'))
  await nextTick()
}

function network(online: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
  window.dispatchEvent(new Event(online ? 'online' : 'offline'))
  return settled()
}

async function thePage(address = '/') {
  history.replaceState(null, '', address)
  const page = render(App)
  await server.requests[0]?.answer(meows('a'), { 'Meower-Position': 'e-1' })
  FakeWebSocket.opened.at(-1)?.hello('e-1', true)
  await settled()
  const button = (name: string, within = page.element as Element) => {
    const found = [...within.querySelectorAll('button')].find((b) => b.textContent.includes(name))
    if (found === undefined) throw new Error(`No button says ${name}.`)
    return found
  }
  return {
    page,
    post: async (text: string) => {
      await page.get('.composer textarea').setValue(text)
      await page.get('.composer').trigger('submit')
      await settled()
    },
    press: async (name: string, within?: string) => {
      button(name, within === undefined ? undefined : page.get(within).element).click()
      await settled()
    },
    rows: () => page.findAll('.post .text').map((text) => text.text()),
    row: () => page.get('.post').text(),
    notice: () => page.find('.outbox-notice'),
    bodies: () => page.findAll('.body').map((body) => body.text()),
    says: () => page.findAll('[role=status]').map((status) => status.text()),
    field: () => page.get<HTMLTextAreaElement>('.composer textarea').element.value,
    go: async (name: string) => {
      const link = page.findAll('nav a').find((candidate) => candidate.text() === name)
      await link?.trigger('click')
      await settled()
    },
  }
}

const sent = () => server.requests.filter(({ init }) => init.method === 'POST')
const texts = () => sent().map(({ init }) => (JSON.parse(init.body as string) as MeowText).body)

interface MeowText {
  readonly body: string
}

describe('the outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'Date'] })
    vi.spyOn(Math, 'random').mockReturnValue(1)
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(async () => {
    vi.useRealTimers()
    await scroll(0)
  })

  it('shows a post at once, above the meows, and frees the composer', async () => {
    const { post, rows, row, field, bodies } = await thePage()
    await post('mine')
    expect(rows()).toEqual(['mine'])
    expect(row()).toContain('Sending…')
    expect(field()).toBe('')
    expect(bodies()).toEqual(['meow a'])
  })

  it('shows a meow instead as soon as it is one, and says so', async () => {
    const { post, rows, bodies, says } = await thePage()
    await post('mine')
    await server.last.answer(MINE, UNDO, 201)
    expect(rows()).toEqual([])
    expect(bodies()).toEqual(['mine', 'meow a'])
    expect(says()).toContain('Your meow is posted.')
  })

  it('does not show the post beside the meow when the feed is faster', async () => {
    const { post, rows, bodies } = await thePage()
    await post('mine')
    FakeWebSocket.last.meow(MINE)
    await nextTick()
    expect(rows()).toEqual([])
    expect(bodies()).toEqual(['mine', 'meow a'])
    await server.last.answer(MINE, {}, 201)
    expect(bodies()).toEqual(['mine', 'meow a'])
  })

  it('shows a post that is under way although an older meow says the same', async () => {
    const { post, rows } = await thePage()
    await post('meow a')
    expect(rows()).toEqual(['meow a'])
  })

  it('shows and sends it whatever view is shown', async () => {
    const { post, rows, go, bodies } = await thePage()
    await post('mine')
    await server.last.breakOff()
    await go('Search')
    expect(rows()).toEqual(['mine'])
    await vi.advanceTimersByTimeAsync(1_000)
    await settled()
    expect(sent()).toHaveLength(2)
    await server.last.answer(MINE, {}, 201)
    expect(rows()).toEqual([])
    await go('Timeline')
    expect(bodies()).toEqual(['mine', 'meow a'])
  })

  it('says the words of a server that asks to wait, and counts the seconds down', async () => {
    const { post, row, says } = await thePage()
    await post('mine')
    await server.last.refuse(429, 'Slow down, please.', { 'Retry-After': '3' })
    expect(row()).toContain('Waiting: too fast.')
    expect(row()).toContain('4 s')
    expect(row()).toContain('Slow down, please.')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(row()).toContain('3 s')
    expect(says()).toContain('Waiting: too fast.')
    expect(says().join(' ')).not.toContain('3 s')
  })

  it.each([
    [503, 'Meows cannot be stored.', 'Waiting: not available.'],
    [null, '', 'Waiting: Meower cannot be reached.'],
  ])(
    'says after %j what it waits for, and that it may have been posted',
    async (status, detail, words) => {
      const { post, row } = await thePage()
      await post('mine')
      if (status === null) await server.last.breakOff()
      else await server.last.refuse(status, detail)
      expect(row()).toContain(words)
      expect(row()).toContain(detail)
      expect(row()).toContain('It may have been posted')
    },
  )

  it('sends at once what waits when told to', async () => {
    const { post, press } = await thePage()
    await post('mine')
    await server.last.refuse(503, 'down', { 'Retry-After': '60' })
    await press('Send now', '.post')
    expect(sent()).toHaveLength(2)
  })

  it('gives the text back to be edited, and sends it no more', async () => {
    const { post, press, rows, field } = await thePage()
    await post('mine')
    await server.last.refuse(503, 'down')
    await press('Edit', '.post')
    expect(field()).toBe('mine')
    expect(rows()).toEqual([])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent()).toHaveLength(1)
  })

  it('can be told to forget it, also while it is sent', async () => {
    const { post, press, rows } = await thePage()
    await post('mine')
    await press('Cancel', '.post')
    expect(rows()).toEqual([])
    expect(server.last.aborted).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent()).toHaveLength(1)
  })

  it('says why a post is refused, with nothing that contradicts it', async () => {
    const { post, row, says, press, rows } = await thePage()
    await post('mine')
    await server.last.refuse(400, 'Posting is closed today.')
    expect(row()).toContain('Not accepted: Posting is closed today.')
    expect(row()).not.toMatch(/again|may have been posted|Send now/)
    expect(says()).toContain('Not accepted: Posting is closed today.')
    await press('Discard', '.post')
    expect(rows()).toEqual([])
  })

  it('waits for the network, and goes on in order when it is back', async () => {
    const { post, rows, row } = await thePage()
    await network(false)
    await post('one')
    await post('two')
    expect(sent()).toHaveLength(0)
    expect(row()).toContain('Waiting for the network.')
    expect(rows()).toEqual(['two', 'one'])
    await network(true)
    expect(texts()).toEqual(['one'])
    await server.last.answer(aMeow({ id: '1', body: 'one' }), {}, 201)
    await server.last.answer(aMeow({ id: '2', body: 'two' }), {}, 201)
    expect(texts()).toEqual(['one', 'two'])
  })

  it('asks about what was written more than a day ago', async () => {
    const { post, row, press } = await thePage()
    await network(false)
    await post('old')
    vi.setSystemTime(Date.now() + 25 * 60 * 60_000)
    await vi.advanceTimersByTimeAsync(5_000)
    await network(true)
    expect(sent()).toHaveLength(0)
    expect(row()).toContain('You wrote this more than a day ago.')
    await press('Send now', '.post')
    expect(texts()).toEqual(['old'])
  })

  describe('while somebody reads further down', () => {
    it('stays there, and says what becomes of it', async () => {
      const { post, notice, bodies } = await thePage()
      await scroll(500)
      await post('mine')
      expect(notice().text()).toContain('Sending…')
      await server.last.answer(MINE, UNDO, 201)
      expect(window.scrollY).toBe(500)
      expect(bodies()).toEqual(['meow a'])
      expect(notice().text()).toContain('Posted.')
      await vi.advanceTimersByTimeAsync(10_000)
      expect(notice().exists()).toBe(false)
    })

    it('leads to it', async () => {
      const { post, press, notice, bodies } = await thePage()
      await scroll(500)
      FakeWebSocket.last.meow(aMeow({ id: 'b', body: 'waits' }))
      await post('mine')
      await server.last.answer(MINE, UNDO, 201)
      await press('View', '.outbox-notice')
      expect(window.scrollY).toBe(0)
      expect(bodies()).toEqual(['mine', 'waits', 'meow a'])
      expect(document.activeElement).toBe(document.querySelector('[data-id=mine]'))
      expect(notice().exists()).toBe(false)
    })

    it('takes it back, and the text is not lost', async () => {
      const { post, press, notice, page } = await thePage()
      await scroll(500)
      await post('mine')
      await server.last.answer(MINE, UNDO, 201)
      await press('Undo', '.outbox-notice')
      expect(server.last.init.method).toBe('DELETE')
      await server.last.answer(null, {}, 204)
      expect(notice().text()).toContain('Deleted.')
      await press('Write it again', '.outbox-notice')
      const fields = page.findAll<HTMLTextAreaElement>('textarea')
      expect(fields.map(({ element }) => element.value)).toContain('mine')
    })

    it('says for as long as it takes that it was refused', async () => {
      const { post, notice } = await thePage()
      await scroll(500)
      await post('mine')
      await server.last.refuse(403, 'Posting is closed today.')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(notice().text()).toContain('Not accepted: Posting is closed today.')
    })

    it('stays for whoever is about to press something', async () => {
      const { post, notice } = await thePage()
      await scroll(500)
      await post('mine')
      await server.last.answer(MINE, UNDO, 201)
      await notice().trigger('pointerenter')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(notice().exists()).toBe(true)
      await notice().trigger('pointerleave')
      await vi.advanceTimersByTimeAsync(10_000)
      expect(notice().exists()).toBe(false)
    })

    it('lets somebody write without leaving', async () => {
      const { page, press } = await thePage()
      const out = { top: -400, bottom: -360 } as DOMRect
      vi.spyOn(page.get('#composer-text').element, 'getBoundingClientRect').mockReturnValue(out)
      await scroll(500)
      await press('Write', 'nav')
      const dialog = page.get('dialog')
      await dialog.get('textarea').setValue('from far below')
      await dialog.get('form').trigger('submit')
      await settled()
      expect(texts()).toEqual(['from far below'])
      expect(page.find('dialog').exists()).toBe(false)
      expect(window.scrollY).toBe(500)
    })
  })

  it('says in another view that it is posted, and leads to it', async () => {
    const { post, go, press, notice, bodies } = await thePage()
    await post('mine')
    await go('Search')
    await server.last.answer(MINE, UNDO, 201)
    expect(notice().text()).toContain('Posted.')
    await press('View', '.outbox-notice')
    expect(location.search).toBe('')
    expect(bodies()).toEqual(['mine', 'meow a'])
  })

  it('writes where the composer can be seen', async () => {
    const { page, press } = await thePage()
    await press('Write', 'nav')
    expect(page.find('dialog').exists()).toBe(false)
    expect(document.activeElement?.id).toBe('composer-text')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, anEdit } from '../testing/meows'
import { render } from '../testing/render'
import { theTimeline } from '../testing/thePage'

let server: FakeServer

const begin = (...ids: readonly string[]) => theTimeline(() => server, ...ids)

type Page = Awaited<ReturnType<typeof begin>>

/** Mutes as another tab does. */
async function mute(...words: readonly string[]) {
  const mutes = words.map((what) => ({
    kind: what.startsWith('#') ? 'tag' : 'word',
    what,
    since: 0,
    until: null,
  }))
  const event = { key: 'meower.mutes', newValue: JSON.stringify(mutes), storageArea: localStorage }
  window.dispatchEvent(new StorageEvent('storage', event))
  await vi.advanceTimersByTimeAsync(100)
}

async function come(...meows: readonly { id: string; body: string }[]) {
  for (const meow of meows) FakeWebSocket.last.meow(aMeow(meow))
  await vi.advanceTimersByTimeAsync(100)
}

const focused = () => document.activeElement as HTMLElement

const focus = ({ page }: Page, id: string) => {
  page.get<HTMLElement>(`article[data-id=${id}]`).element.focus()
}

const noteOf = ({ page }: Page, id: string) => page.find(`[data-row=${id}] .muted`)

const dialog = ({ page }: Page) => page.get<HTMLDialogElement>('dialog')

async function press({ page, button }: Page, name: string, row?: string) {
  if (row === undefined) await button(name).trigger('click')
  else {
    const buttons = page.get(`[data-row=${row}]`).findAll('button')
    const found = buttons.find((candidate) => candidate.text() === name)
    if (found === undefined) throw new Error(`No button says ${name}.`)
    // As somebody does it, by keyboard or pointer.
    found.element.focus()
    await found.trigger('click')
  }
  await vi.advanceTimersByTimeAsync(100)
}

describe('what is muted', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(2026, 0, 2, 14, 2) })
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    window.scrollTo({ top: 0 })
    vi.useRealTimers()
  })

  it('is one line with the reason, in its place in the feed', async () => {
    const page = await begin('c', 'b', 'a')
    await mute('b')
    expect(page.bodies()).toEqual(['meow c', 'meow a'])
    const note = noteOf(page, 'b')
    expect(note.text()).toContain('Hidden: contains “b”')
    expect(note.attributes()).toMatchObject({
      'data-id': 'b',
      'aria-posinset': '2',
      'aria-setsize': '3',
    })
    await mute('#b')
    expect(page.bodies()).toHaveLength(3)
  })

  it('is shown for this once with Show, and has the focus', async () => {
    const page = await begin('b', 'a')
    await mute('meow')
    await press(page, 'Show', 'a')
    expect(page.bodies()).toEqual(['meow a'])
    expect(focused().dataset.id).toBe('a')
    expect(focused().tabIndex).toBe(0)
    expect(focused().getAttribute('aria-posinset')).toBe('2')
  })

  it('is hidden with X, keeps the focus and the keys, and is shown with X', async () => {
    const page = await begin('c', 'b', 'a')
    focus(page, 'b')
    await page.press('x')
    expect(noteOf(page, 'b').text()).toContain('Hidden by you')
    expect(focused()).toBe(noteOf(page, 'b').element)
    expect(focused().tabIndex).toBe(0)
    await page.press('j')
    expect(focused().dataset.id).toBe('a')
    await page.press('k')
    await page.press('X')
    expect(page.bodies()).toHaveLength(3)
    expect(focused().dataset.id).toBe('b')
  })

  it('is not changed by X where no meow has the focus', async () => {
    const page = await begin('a')
    await page.press('x')
    expect(page.bodies()).toHaveLength(1)
  })

  it('is asked about in each meow: the meow, and its tags', async () => {
    const page = await begin('a')
    await come({ id: 'b', body: 'two #cats and #dogs' })
    await press(page, 'Hide or mute', 'b')
    expect(dialog(page).element.open).toBe(true)
    const names = dialog(page)
      .findAll('.choices button')
      .map((button) => button.text())
    expect(names).toEqual(['Hide this meow', 'Mute #cats', 'Mute #dogs'])
    await press(page, 'Mute #cats')
    expect(page.page.find('dialog').exists()).toBe(false)
    expect(noteOf(page, 'b').text()).toContain('Hidden: tagged #cats')
    expect(focused().dataset.id).toBe('b')
  })

  it('lasts a day when that was chosen, and says what is left of it', async () => {
    const page = await begin('a')
    await press(page, 'Hide or mute', 'a')
    await dialog(page).get('input[value=day]').setValue()
    await press(page, 'Hide this meow')
    expect(page.bodies()).toEqual([])
    await vi.advanceTimersByTimeAsync(3 * 3_600_000 + 10_000)
    await press(page, 'Mutes', 'a')
    expect(dialog(page).get('li').text()).toContain('for 21 more hours')
    await vi.advanceTimersByTimeAsync(21 * 3_600_000)
    expect(page.bodies()).toEqual(['meow a'])
    expect(dialog(page).text()).toContain('Nothing.')
    // All that the page does in a day.
  }, 30_000)

  it('is a word that somebody writes, or a tag', async () => {
    const page = await begin('b', 'a')
    await press(page, 'How new meows come')
    await press(page, 'What is hidden and muted')
    const write = async (text: string) => {
      await dialog(page).get('#mute-text').setValue(text)
      await dialog(page).get('form').trigger('submit')
      await vi.advanceTimersByTimeAsync(100)
    }
    await write('  ')
    expect(dialog(page).get('[role=alert]').text()).toBe('')
    await write(':-)')
    expect(dialog(page).get('[role=alert]').text()).toContain('Write a word')
    await write('A')
    expect(dialog(page).get('[role=alert]').text()).toBe('')
    await write('#ｃats')
    expect(
      dialog(page)
        .findAll('li')
        .map((line) => line.text()),
    ).toEqual([expect.stringContaining('#ｃats'), expect.stringContaining('“A”')])
    await press(page, 'Close')
    expect(page.bodies()).toEqual(['meow b'])
  })

  it('is lifted in the list, where the focus stays', async () => {
    const page = await begin('b', 'a')
    await mute('a', '#dogs')
    await press(page, 'Mutes', 'a')
    const lift = dialog(page)
      .findAll<HTMLElement>('li button')
      .find((button) => button.text().includes('a'))
    lift?.element.focus()
    await lift?.trigger('click')
    await vi.advanceTimersByTimeAsync(100)
    expect(dialog(page).findAll('li')).toHaveLength(1)
    expect(focused().textContent).toBe('Muted now')
    await press(page, 'Close')
    expect(page.bodies()).toHaveLength(2)
    expect(focused().dataset.id).toBe('a')
  })

  it('follows what a meow says when it is edited', async () => {
    const page = await begin('b', 'a')
    await mute('spoiler')
    focus(page, 'a')
    FakeWebSocket.last.edit(anEdit('a', 2, 'now a spoiler'))
    await vi.advanceTimersByTimeAsync(100)
    expect(noteOf(page, 'a').exists()).toBe(true)
    expect(focused().dataset.id).toBe('a')
    FakeWebSocket.last.edit(anEdit('a', 3, 'harmless'))
    await vi.advanceTimersByTimeAsync(100)
    expect(page.bodies()).toEqual(['meow b', 'harmless'])
  })

  it('does not count in what waits and in the title', async () => {
    const page = await begin('a')
    await mute('spoiler')
    await page.scroll(500)
    await come({ id: 'b', body: 'a spoiler' })
    expect(page.pill().exists()).toBe(false)
    expect(document.title).toBe('Meower')
    await come({ id: 'c', body: 'hello' }, { id: 'd', body: 'Spoiler!' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.pill().text()).toBe('Show 1 new meow')
    expect(document.title).toBe('(1) Meower')
    await page.pill().trigger('click')
    await vi.advanceTimersByTimeAsync(100)
    expect(page.page.findAll('[data-row]')).toHaveLength(4)
  })

  it('waits by what it says now', async () => {
    const page = await begin('a')
    await mute('spoiler')
    await page.scroll(500)
    await come({ id: 'b', body: 'hello' })
    FakeWebSocket.last.edit(anEdit('b', 2, 'now a spoiler'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.pill().exists()).toBe(false)
  })

  it('comes at the reader’s pace, as others do', async () => {
    const page = await begin('a')
    await mute('spoiler')
    await come({ id: 'b', body: 'a spoiler' })
    await come({ id: 'c', body: 'a spoiler' })
    await come({ id: 'd', body: 'a spoiler' })
    expect(page.page.findAll('[data-row]')).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.page.findAll('[data-row]')).toHaveLength(4)
    await come({ id: 'e', body: 'a spoiler' })
    expect(page.page.findAll('[data-row]')).toHaveLength(4)
  })

  it('is not announced', async () => {
    const page = await begin('a')
    await mute('spoiler')
    await come({ id: 'b', body: 'a spoiler' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(page.status().join()).not.toContain('new meow')
    await come({ id: 'c', body: 'a spoiler' }, { id: 'd', body: 'hello' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(page.status()).toContain('1 new meow')
  })

  it('does not count in what is new since somebody left', async () => {
    const page = await begin('b', 'a')
    await mute('spoiler')
    await page.scroll(500)
    await come({ id: 'c', body: 'hello' }, { id: 'd', body: 'a spoiler' })
    await page.scroll(0)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.page.get('.since').text()).toBe('1 new since 14:02')
  })

  it('says above it, too, what is new since', async () => {
    const page = await begin('b', 'a')
    await page.scroll(500)
    await come({ id: 'c', body: 'hello' })
    await page.scroll(0)
    await vi.advanceTimersByTimeAsync(1_000)
    await mute('b')
    expect(noteOf(page, 'b').get('.since').text()).toBe('1 new since 14:02')
  })

  it('is one line in what the search finds, and not among what is new there', async () => {
    localStorage.setItem(
      'meower.mutes',
      JSON.stringify([{ kind: 'word', what: 'spoiler', since: 0, until: null }]),
    )
    history.replaceState(null, '', '/?q=cat&sort=newest')
    const page = render(App)
    await server.last.answer([], { 'Meower-Position': 'e-1' })
    FakeWebSocket.last.hello('e-1', true)
    await vi.advanceTimersByTimeAsync(100)
    const found = [aMeow({ id: 'a', body: 'cat spoiler' }), aMeow({ id: 'b', body: 'cat' })]
    const asked = server.requests.find(({ url }) => url.pathname === '/search')
    await asked?.answer(
      found.map((meow) => ({ ...meow, matches: [] })),
      { 'Meower-Position': 'e-1', 'Meower-Total': '2' },
    )
    await vi.advanceTimersByTimeAsync(100)
    expect(page.findAll('.body').map((body) => body.text())).toEqual(['cat'])
    expect(page.get('[data-row=a]').text()).toContain('Hidden: contains “spoiler”')
    FakeWebSocket.last.hello('e-1', true)
    await come({ id: 'c', body: 'cat, a spoiler' }, { id: 'd', body: 'cat again' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(page.findAll('[data-row]')).toHaveLength(4)
    expect(page.get('.summary').text()).toContain('1 new meow')
    expect(page.findAll('[role=status]').map((status) => status.text())).toContain('1 new meow')
  })

  it('is not muted for as long as somebody edits it', async () => {
    const page = await begin('a')
    await page.page.get('textarea').setValue('mine')
    await page.page.get('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(100)
    await server.last.answer(aMeow({ id: 'o', body: 'mine' }), { 'Meower-Undo': 't' }, 201)
    await vi.advanceTimersByTimeAsync(100)
    await press(page, 'Edit or delete', 'o')
    await press(page, 'Edit', 'o')
    await mute('mine')
    expect(noteOf(page, 'o').exists()).toBe(false)
  })

  it('is what a full list says there is no room for', async () => {
    const page = await begin('a')
    await mute(...Array.from({ length: 300 }, (_, index) => `w${index}`))
    focus(page, 'a')
    await page.press('x')
    await press(page, 'Hide this meow')
    expect(dialog(page).get('[role=alert]').text()).toContain('300 are muted')
    expect(page.bodies()).toEqual(['meow a'])
  })
})

describe('Enter', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leads to the address of the meow that has the focus, muted or not', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    const page = await begin('b', 'a')
    await mute('a')
    focus(page, 'b')
    await page.press('Enter')
    focus(page, 'a')
    await page.press('Enter')
    expect(assign.mock.calls).toEqual([['/meows/b'], ['/meows/a']])
  })

  it('is a press of what has the focus inside of a meow, and the browser’s with others', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    const page = await begin('a')
    page.page.get<HTMLElement>('article button').element.focus()
    expect((await page.press('Enter')).defaultPrevented).toBe(false)
    focus(page, 'a')
    expect((await page.press('Enter', { ctrlKey: true })).defaultPrevented).toBe(false)
    expect(assign).not.toHaveBeenCalled()
  })
})

import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from '../App.vue'
import { FakeServer, settled } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aDeletion, aMeow, anEdit, meows } from '../testing/meows'
import { render } from '../testing/render'

let server: FakeServer

const UNDO = { 'Meower-Undo': 't-1' }

function button(page: VueWrapper, name: string) {
  const buttons = page.findAll('button')
  const found =
    buttons.find((candidate) => candidate.text() === name) ??
    buttons.find((candidate) => candidate.text().startsWith(name))
  if (found === undefined) throw new Error(`No button says ${name}.`)
  return found
}

/** The timeline with meows of others, and at its top one that was posted here. */
async function withOwn(...others: readonly string[]) {
  history.replaceState(null, '', '/')
  const page = render(App)
  await server.last.answer(meows(...others), { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  await page.get('textarea').setValue('my frist meow')
  await page.get('form').trigger('submit')
  await settled()
  await server.last.answer(aMeow({ id: 'own', body: 'my frist meow' }), UNDO, 201)
  return { ...on(page), page }
}

function on(page: VueWrapper) {
  const press = async (name: string) => {
    const pressed = button(page, name)
    ;(pressed.element as HTMLElement).focus()
    await pressed.trigger('click')
  }
  return {
    press,
    /** Opens the menu first. */
    choose: async (name: string) => {
      await press('Edit or delete')
      await press(name)
    },
    bodies: () => page.findAll('.body').map((body) => body.text()),
    names: () => page.findAll('button').map((found) => found.text()),
    composer: () => page.get<HTMLTextAreaElement>('#composer-text').element,
    editor: () => page.get<HTMLTextAreaElement>('form.editor textarea'),
    farewell: () => page.find('.farewell'),
    says: () => page.findAll('[role=status]').map((status) => status.text()),
    alert: () => page.get('[role=alert]').text(),
  }
}

const requested = (method: string) =>
  server.requests.filter(({ init }) => (init.method ?? 'GET') === method)

const focus = () => document.activeElement

describe('what this browser has posted', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(1)
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  describe('has a menu', () => {
    it('for as long as it may be edited', async () => {
      const { names, page } = await withOwn('a')
      expect(page.findAll('.toggle')).toHaveLength(1)
      expect(page.get('[data-id=own]').find('.toggle').exists()).toBe(true)
      await vi.advanceTimersByTimeAsync(905_000)
      expect(names()).not.toContain('Edit or delete')
    })

    it('not when the server gave nothing to take it back with', async () => {
      history.replaceState(null, '', '/')
      const page = render(App)
      await server.last.answer(meows('a'))
      await page.get('textarea').setValue('mine')
      await page.get('form').trigger('submit')
      await settled()
      await server.last.answer(aMeow({ id: 'own' }), {}, 201)
      expect(on(page).names()).not.toContain('Edit or delete')
    })

    it('that says whether it is open, and that Escape closes', async () => {
      const { press, names, page } = await withOwn('a')
      const toggle = page.get('.toggle')
      expect(toggle.attributes('aria-expanded')).toBe('false')
      await press('Edit or delete')
      expect(toggle.attributes('aria-expanded')).toBe('true')
      expect(page.get(`#${toggle.attributes('aria-controls') ?? ''}`).text()).toMatch(
        /Edit.*Delete/,
      )
      const last = button(page, 'Delete')
      ;(last.element as HTMLElement).focus()
      await last.trigger('keydown', { key: 'Escape' })
      expect(names()).not.toContain('Delete')
      expect(focus()).toBe(toggle.element)
    })

    it('also among what is found', async () => {
      const { page, names } = await withOwn('a')
      await page.get('nav a[href="/?q="]').trigger('click')
      await page.get('input[type=search]').setValue('frist')
      await vi.advanceTimersByTimeAsync(200)
      await server.last.answer([aMeow({ id: 'own', body: 'my frist meow' })])
      expect(names()).toContain('Edit or delete')
    })
  })

  describe('can be deleted', () => {
    it('without being asked, and is gone for this page at once', async () => {
      const { choose, bodies, farewell, says, composer } = await withOwn('a')
      await choose('Delete')
      expect(server.last.url.pathname).toBe('/meows/own')
      expect(server.last.init.method).toBe('DELETE')
      expect(server.last.header.get('Meower-Undo')).toBe('t-1')
      await server.last.answer(null, {}, 204)
      expect(bodies()).toEqual(['meow a'])
      expect(farewell().text()).toContain('Deleted.')
      expect(says()).toContain('Deleted.')
      expect(focus()).toBe(farewell().element)
      FakeWebSocket.last.meow(aMeow({ id: 'own' }))
      await vi.advanceTimersByTimeAsync(10_000)
      expect(bodies()).toEqual(['meow a'])
      expect(farewell().exists()).toBe(false)
      expect(focus()?.textContent).toContain('meow a')
      expect(composer().value).toBe('')
    })

    it('and written again within ten seconds', async () => {
      const { choose, press, farewell, composer } = await withOwn('a')
      await choose('Delete')
      await server.last.answer(null, {}, 204)
      await vi.advanceTimersByTimeAsync(9_999)
      await press('Write it again')
      await settled()
      expect(composer().value).toBe('my frist meow')
      expect(focus()).toBe(composer())
      expect(farewell().exists()).toBe(false)
    })

    it('and written again above what is being written', async () => {
      const { choose, press, composer, page } = await withOwn('a')
      await page.get('#composer-text').setValue('another')
      await choose('Delete')
      await server.last.answer(null, {}, 204)
      await press('Write it again')
      await settled()
      expect(composer().value).toBe('my frist meow\nanother')
    })

    it('and written again from the search', async () => {
      const { page, choose, press } = await withOwn('a')
      await page.get('nav a[href="/?q="]').trigger('click')
      await page.get('input[type=search]').setValue('frist')
      await vi.advanceTimersByTimeAsync(200)
      await server.last.answer([aMeow({ id: 'own', body: 'my frist meow' })])
      await choose('Delete')
      await server.last.answer(null, {}, 204)
      await press('Write it again')
      await settled()
      expect(location.search).toContain('q=')
      expect(page.get<HTMLDialogElement>('dialog').element.open).toBe(true)
      expect(page.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('my frist meow')
    })

    it('also when the feed is faster than the answer', async () => {
      const { choose, farewell, names } = await withOwn('a')
      await choose('Delete')
      const answer = server.last
      FakeWebSocket.last.delete('own', 'e-2')
      await nextTick()
      expect(farewell().text()).toContain('Deleted.')
      expect(names()).toContain('Write it again')
      await answer.answer(null, {}, 204)
      expect(farewell().text()).toContain('Deleted.')
    })

    it('while the feed is away, and says where it still is', async () => {
      const { choose, farewell } = await withOwn('a')
      FakeWebSocket.last.breakOff()
      await choose('Delete')
      await server.last.answer(null, {}, 204)
      expect(farewell().text()).toContain(
        'Deleted. It disappears everywhere as soon as the feed is back.',
      )
    })

    it('once for two presses', async () => {
      const { choose, press } = await withOwn('a')
      await choose('Delete')
      await press('Deleting…')
      expect(requested('DELETE')).toHaveLength(1)
    })

    it.each([
      [403, 'not-yours', 'does not recognise this browser', false],
      [409, 'too-late', 'The time to edit and delete it is over.', false],
      [503, 'unavailable', 'Come back later.', true],
    ])('not after %i %s, which it says', async (status, type, words, again) => {
      const { choose, press, bodies, alert, page } = await withOwn('a')
      await choose('Delete')
      await server.last.problem(status, { type: `/problems/${type}`, detail: 'Come back later.' })
      expect(alert()).toContain('Not deleted.')
      expect(alert()).toContain(words)
      expect(bodies()).toContain('my frist meow')
      await press('Delete')
      expect(requested('DELETE')).toHaveLength(again ? 2 : 1)
      await press('Edit or delete')
      expect(page.find('[role=alert]').exists()).toBe(false)
    })
  })

  describe('can be edited', () => {
    it('where it stands', async () => {
      const { choose, editor, bodies, page } = await withOwn('a')
      await choose('Edit')
      expect(editor().element.value).toBe('my frist meow')
      expect(focus()).toBe(editor().element)
      await editor().setValue('my first meow')
      await page.get('form.editor').trigger('submit')
      expect(server.last.init.method).toBe('PUT')
      expect(server.last.init.body).toBe('{"body":"my first meow"}')
      expect(server.last.header.get('Meower-Undo')).toBe('t-1')
      expect(server.last.header.get('If-Match')).toBe('"1"')
      await server.last.answer(anEdit('own', 2, 'my first meow'))
      expect(bodies()).toEqual(['my first meow', 'meow a'])
      expect(page.get('[data-id=own]').text()).toContain('edited')
      expect(page.find('form.editor').exists()).toBe(false)
      FakeWebSocket.last.meow(aMeow({ id: 'own', body: 'my frist meow' }), 'e-2')
      await vi.advanceTimersByTimeAsync(100)
      expect(bodies()).toEqual(['my first meow', 'meow a'])
    })

    it('with the keyboard alone', async () => {
      const { choose, editor, page } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await editor().trigger('keydown', { key: 'Enter', ctrlKey: true })
      await server.last.answer(anEdit('own', 2, 'better'))
      await nextTick()
      expect(focus()).toBe(page.get('.toggle').element)
    })

    it.each(['', 'a'.repeat(141)])('but not to %j', async (text) => {
      const { choose, editor, page } = await withOwn('a')
      await choose('Edit')
      await editor().setValue(text)
      await page.get('form.editor').trigger('submit')
      expect(requested('PUT')).toHaveLength(0)
    })

    it('and is given up with Escape only when nothing was written', async () => {
      const { choose, editor, page, press } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await editor().trigger('keydown', { key: 'Escape' })
      expect(editor().element.value).toBe('better')
      await press('Cancel')
      expect(page.find('form.editor').exists()).toBe(false)
      await choose('Edit')
      expect(editor().element.value).toBe('my frist meow')
      await editor().trigger('keydown', { key: 'Escape' })
      expect(page.find('form.editor').exists()).toBe(false)
    })

    it('further after another view', async () => {
      const { choose, editor, page } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await page.get('nav a[href="/?q="]').trigger('click')
      await page.get('nav a[href="/"]').trigger('click')
      expect(editor().element.value).toBe('better')
    })

    it('against another edit only by choice: one’s own text', async () => {
      const { choose, editor, page, press, bodies, says } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('mine')
      await page.get('form.editor').trigger('submit')
      const theirs = anEdit('own', 2, 'theirs')
      await server.last.problem(412, { type: '/problems/edited-meanwhile', meow: theirs })
      expect(editor().element.value).toBe('mine')
      expect(page.get('.present').text()).toContain('theirs')
      expect(says()).toContain('It was edited elsewhere meanwhile. Which text shall stay?')
      await press('Save yours')
      await page.get('form.editor').trigger('submit')
      expect(server.last.header.get('If-Match')).toBe('"2"')
      await server.last.answer(anEdit('own', 3, 'mine'))
      expect(bodies()).toEqual(['mine', 'meow a'])
    })

    it('with a word that is still being composed', async () => {
      const { choose, editor, page } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('')
      const save = page.get<HTMLButtonElement>('form.editor button[type=submit]')
      expect(save.element.disabled).toBe(true)
      await editor().trigger('compositionstart')
      for (const composed of ['H', 'He', 'Hello']) {
        editor().element.value = composed
        await editor().trigger('input', { isComposing: true })
      }
      expect(page.get('form.editor .count').text()).toContain('135')
      expect(save.element.disabled).toBe(false)
    })

    it('against another edit only by choice: the other text', async () => {
      const { choose, editor, page, press, bodies } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('mine')
      await page.get('form.editor').trigger('submit')
      const theirs = anEdit('own', 2, 'theirs')
      await server.last.problem(412, { type: '/problems/edited-meanwhile', meow: theirs })
      await press('Keep what it says now')
      expect(bodies()).toEqual(['theirs', 'meow a'])
    })

    it('once, when only the answer got lost', async () => {
      const { choose, editor, page, bodies, alert } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await page.get('form.editor').trigger('submit')
      await server.last.breakOff()
      expect(alert()).toContain('Not saved.')
      expect(editor().element.value).toBe('better')
      await page.get('form.editor').trigger('submit')
      const meow = anEdit('own', 2, 'better')
      await server.last.problem(412, { type: '/problems/edited-meanwhile', meow })
      expect(page.find('form.editor').exists()).toBe(false)
      expect(bodies()).toEqual(['better', 'meow a'])
    })

    it.each([
      [403, 'not-yours', 'does not recognise this browser'],
      [409, 'too-late', 'The time to edit and delete it is over.'],
      [409, 'too-many-edits', 'edited as often as a meow can be'],
    ])('not after %i %s, but what was written is kept', async (status, type, words) => {
      const { choose, editor, page, press, alert, composer, bodies } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await page.get('form.editor').trigger('submit')
      await server.last.problem(status, { type: `/problems/${type}`, detail: 'no' })
      expect(alert()).toContain(words)
      expect(editor().element.value).toBe('better')
      await press('Make it a new meow')
      await settled()
      expect(composer().value).toBe('better')
      expect(bodies()).toContain('my frist meow')
    })

    it('not when the time is over, but what was written is kept', async () => {
      const { choose, editor, page, alert } = await withOwn('a')
      await choose('Edit')
      await editor().setValue('better')
      await vi.advanceTimersByTimeAsync(905_000)
      await page.get('form.editor').trigger('submit')
      expect(alert()).toContain('The time to edit and delete it is over.')
      expect(editor().element.value).toBe('better')
      expect(requested('PUT')).toHaveLength(0)
    })

    it.each(['with a frame', 'with the answer'])(
      'not when it is deleted, which comes %s, but what was written is kept',
      async (way) => {
        const { choose, editor, page, farewell, composer, bodies } = await withOwn('a')
        await choose('Edit')
        await editor().setValue('better')
        if (way === 'with a frame') FakeWebSocket.last.delete('own', 'e-2')
        else {
          await page.get('form.editor').trigger('submit')
          const deletion = aDeletion('own', 'operator')
          await server.last.problem(410, { type: '/problems/deleted', ...deletion })
        }
        await settled()
        expect(farewell().text()).toContain('This meow was deleted.')
        expect(focus()).toBe(farewell().element)
        expect(composer().value).toBe('better')
        expect(bodies()).toEqual(['meow a'])
      },
    )
  })
})

describe('an edited meow', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  async function anEdited() {
    history.replaceState(null, '', '/')
    const page = render(App)
    await server.last.answer([anEdit('b'), aMeow()], { 'Meower-Position': 'e-1' })
    FakeWebSocket.last.hello('e-1', true)
    return { ...on(page), page }
  }

  const HISTORY = [
    { revision: 1, body: 'b', at: '2026-01-02T03:04:05Z' },
    { revision: 2, body: 'b edited', at: '2026-01-02T03:05:00Z' },
  ]

  it('says so, and shows what it said before', async () => {
    const { page, press, names, bodies } = await anEdited()
    expect(names().filter((name) => name.startsWith('edited'))).toHaveLength(1)
    await press('edited')
    expect(server.last.url.pathname).toBe('/meows/b/history')
    const toggle = button(page, 'edited')
    expect(toggle.attributes('aria-expanded')).toBe('true')
    await server.last.answer(HISTORY)
    const shown = page.get(`#${toggle.attributes('aria-controls') ?? ''}`)
    expect(shown.text()).toContain('An edit corrects, a deletion erases')
    expect(shown.findAll('dd').map((text) => text.text())).toEqual(['b', 'b edited'])
    expect(bodies()).toEqual(['b edited', 'hello'])
    ;(toggle.element as HTMLElement).blur()
    await shown.trigger('keydown', { key: 'Escape' })
    expect(page.find('.history').exists()).toBe(false)
    expect(focus()).toBe(toggle.element)
  })

  it('reads it again when it is edited again', async () => {
    const { page, press } = await anEdited()
    await press('edited')
    await server.last.answer(HISTORY)
    FakeWebSocket.last.edit(anEdit('b', 3, 'third'))
    await settled()
    await server.last.answer([...HISTORY, { revision: 3, body: 'third', at: 'now' }])
    expect(page.findAll('dd')).toHaveLength(3)
  })

  it('says when that cannot be read, and asks again', async () => {
    const { page, press, alert } = await anEdited()
    await press('edited')
    await server.last.refuse(503, 'Come back later.')
    expect(alert()).toContain('Come back later.')
    await press('Retry')
    await server.last.answer(HISTORY)
    expect(page.findAll('dd')).toHaveLength(2)
    expect(page.find('[role=alert]').exists()).toBe(false)
  })

  it('is gone when its history says that it was deleted', async () => {
    const { press, bodies, farewell } = await anEdited()
    await press('edited')
    await server.last.problem(410, { type: '/problems/deleted', ...aDeletion('b') })
    expect(bodies()).toEqual(['hello'])
    expect(farewell().text()).toBe('This meow was deleted.')
  })
})

describe('a deleted meow', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeWebSocket.install()
    server = FakeServer.install()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  async function three() {
    history.replaceState(null, '', '/')
    const page = render(App)
    const list = ['c', 'b', 'a'].map((id) => aMeow({ id, body: `${id} #cats`, revision: 2 }))
    await server.last.answer(list, { 'Meower-Position': 'e-1' })
    FakeWebSocket.last.hello('e-1', true)
    const link = (id: string) => page.get<HTMLAnchorElement>(`[data-id=${id}] .tag`).element
    const gone = async (id: string) => {
      FakeWebSocket.last.delete(id)
      await vi.advanceTimersByTimeAsync(100)
    }
    return { ...on(page), page, link, gone }
  }

  it('disappears at once when nobody is at it', async () => {
    const { gone, bodies, farewell, says } = await three()
    await gone('b')
    expect(bodies()).toEqual(['c #cats', 'a #cats'])
    expect(farewell().exists()).toBe(false)
    expect(says()).not.toContain('This meow was deleted.')
  })

  it('says so for four seconds in its place to whoever has the focus there', async () => {
    const { gone, link, page, farewell, says } = await three()
    link('b').focus()
    await gone('b')
    expect(farewell().text()).toBe('This meow was deleted.')
    expect(focus()).toBe(farewell().element)
    expect(says()).toContain('This meow was deleted.')
    expect(page.findAll('[data-row]').map((row) => row.text())[1]).toBe('This meow was deleted.')
    await vi.advanceTimersByTimeAsync(3_800)
    expect(farewell().exists()).toBe(true)
    await vi.advanceTimersByTimeAsync(200)
    expect(farewell().exists()).toBe(false)
    expect((focus() as HTMLElement).dataset.id).toBe('a')
  })

  it('leaves the focus to the meow above when there is none below', async () => {
    const { gone, link } = await three()
    link('a').focus()
    await gone('a')
    await vi.advanceTimersByTimeAsync(4_000)
    expect((focus() as HTMLElement).dataset.id).toBe('b')
  })

  it('leaves the focus to the heading when there is no other meow', async () => {
    const { gone, link } = await three()
    await gone('b')
    await gone('a')
    link('c').focus()
    await gone('c')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(focus()?.id).toBe('timeline-heading')
  })

  it('takes the focus from nobody who has gone on', async () => {
    const { gone, link } = await three()
    link('b').focus()
    await gone('b')
    link('c').focus()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(focus()).toBe(link('c'))
  })

  it('says so to whoever has opened its history', async () => {
    const { gone, press, farewell } = await three()
    await press('edited')
    await server.last.answer([])
    await gone('c')
    expect(farewell().text()).toBe('This meow was deleted.')
  })
})

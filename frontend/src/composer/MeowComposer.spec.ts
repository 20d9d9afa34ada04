import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import type { Undo } from '../api'
import type { Meow } from '../meow/meow'
import { FakeServer } from '../testing/FakeServer'
import { aMeow } from '../testing/meows'
import { render } from '../testing/render'
import MeowComposer from './MeowComposer.vue'
import { TRIES, useComposer } from './useComposer'

function aComposer() {
  const server = FakeServer.install()
  const posted: Meow[] = []
  const undos: (Undo | null)[] = []
  let restore: (text: string) => void = () => undefined
  const page = render(
    defineComponent(() => {
      const composer = useComposer((meow, undo) => {
        posted.push(meow)
        undos.push(undo)
      })
      restore = composer.restore
      return () => h(MeowComposer, { composer })
    }),
  )
  const field = page.get('textarea')
  return {
    server,
    page,
    posted,
    undos,
    restore: async (text: string) => {
      restore(text)
      await nextTick()
    },
    field,
    text: () => field.element.value,
    button: page.get<HTMLButtonElement>('button[type=submit]'),
    problem: () => page.find('[role=alert]'),
    retry: () => page.get('[role=alert] button'),
    count: () => page.get('#composer-count').text(),
    complaint: () => page.get('#composer-complaint').text(),
    submit: () => page.get('form').trigger('submit'),
  }
}

describe('MeowComposer', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('counts what is left as the server counts it', async () => {
    const { field, count } = aComposer()
    expect(count()).toBe('140 characters left of 140')
    await field.setValue(' 🐈 cafe\u0301 ')
    expect(count()).toBe('134 characters left of 140')
  })

  it('posts what was written and is empty again', async () => {
    const { server, page, posted, field, text, submit } = aComposer()
    await field.setValue('  hello\nthere ')
    await submit()
    expect(server.last.init.body).toBe('{"body":"hello\\nthere"}')
    expect(text()).toBe('  hello\nthere ')
    const meow = aMeow({ body: 'hello\nthere' })
    await server.last.answer(meow, {}, 201)
    expect(posted).toEqual([meow])
    expect(text()).toBe('')
    expect(page.text()).toContain('Your meow is posted.')
  })

  it.each([{ ctrlKey: true }, { metaKey: true }])('posts with %j and Enter', async (keys) => {
    const { server, field } = aComposer()
    await field.setValue('hello')
    await field.trigger('keydown', { key: 'Enter', ...keys })
    expect(server.requests).toHaveLength(1)
  })

  it('breaks the line with Enter alone, and leaves Enter to an input method', async () => {
    const { server, field } = aComposer()
    await field.setValue('hello')
    await field.trigger('keydown', { key: 'Enter' })
    await field.trigger('keydown', { key: 'Enter', ctrlKey: true, isComposing: true })
    expect(server.requests).toHaveLength(0)
  })

  it.each(['', '   \n', '\u3164\ufe0f\u2800'])('cannot post %j', async (nothing) => {
    const { server, field, button, submit } = aComposer()
    await field.setValue(nothing)
    expect(button.element.disabled).toBe(true)
    await submit()
    expect(server.requests).toHaveLength(0)
  })

  it('says how much is too much', async () => {
    const { server, field, button, complaint, submit } = aComposer()
    await field.setValue('🐈'.repeat(141))
    expect(complaint()).toBe('Shorten it by 1 character to post it.')
    expect(field.attributes('aria-invalid')).toBe('true')
    expect(button.element.disabled).toBe(true)
    await submit()
    expect(server.requests).toHaveLength(0)
    await field.setValue('🐈'.repeat(150))
    expect(complaint()).toBe('Shorten it by 10 characters to post it.')
    await field.setValue('🐈'.repeat(140))
    expect(complaint()).toBe('')
    expect(button.element.disabled).toBe(false)
  })

  it('says how many lines are too many', async () => {
    const { field, button, complaint } = aComposer()
    await field.setValue(`a${'\n'.repeat(9)}b`)
    expect(complaint()).toBe('Remove 1 line break: a meow has at most 8.')
    expect(button.element.disabled).toBe(true)
    await field.setValue(`a${'\n'.repeat(10)}b`)
    expect(complaint()).toBe('Remove 2 line breaks: a meow has at most 8.')
    await field.setValue(`a${'\n'.repeat(8)}b\n\n`)
    expect(complaint()).toBe('')
    expect(button.element.disabled).toBe(false)
  })

  it('says what is wrong with control characters', async () => {
    const { field, button, complaint } = aComposer()
    await field.setValue('a\u001bb')
    expect(complaint()).toMatch(/has a control character/)
    expect(button.element.disabled).toBe(true)
  })

  it('names a character that nobody sees', async () => {
    const { field, button, complaint } = aComposer()
    await field.setValue('txt.\u202eexe')
    expect(complaint()).toMatch(/Remove the invisible character U\+202E/)
    expect(button.element.disabled).toBe(true)
    await field.setValue('x\u0301\u0302\u0303\u0304')
    expect(complaint()).toMatch(/at most 3/)
    expect(button.element.disabled).toBe(true)
  })

  it('posts the cells of a table, and does not speak of their tabs', async () => {
    const { server, field, count, complaint, submit } = aComposer()
    await field.setValue('name\tage\n')
    expect(complaint()).toBe('')
    expect(count()).toBe('132 characters left of 140')
    await submit()
    expect(server.last.init.body).toBe('{"body":"name age"}')
  })

  it('posts once, however often it is pressed', async () => {
    const { server, field, button, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await submit()
    await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(server.requests).toHaveLength(1)
    expect(button.text()).toBe('Sending…')
    expect(field.attributes('readonly')).toBeDefined()
  })

  it('tries again by itself, not before the server wants it, and says so', async () => {
    vi.useFakeTimers()
    const { server, page, posted, field, text, button, problem, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(503, 'Try again in a few seconds.', { 'Retry-After': '2' })
    expect(button.text()).toBe('Trying again…')
    expect(page.get('.waiting').text()).toContain('tries again by itself')
    expect(problem().exists()).toBe(false)
    expect(text()).toBe('hello')
    await vi.advanceTimersByTimeAsync(2_499)
    expect(server.requests).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(501)
    expect(server.requests).toHaveLength(2)
    await server.last.answer(aMeow(), {}, 201)
    expect(posted).toHaveLength(1)
    expect(text()).toBe('')
    expect(button.text()).toBe('Post')
    expect(page.get('.waiting').text()).toBe('')
  })

  it('says that it was too fast and when it goes on, by the wait that the server asks for', async () => {
    vi.useFakeTimers()
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const { server, page, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(429, 'slow down', { 'Retry-After': '3' })
    const waiting = () => page.get('.waiting').text()
    expect(waiting()).toContain('You are posting faster than Meower allows.')
    expect(waiting()).toContain('in 4 seconds')
    expect(waiting()).not.toContain('does not answer')
    await vi.advanceTimersByTimeAsync(3_500)
    await server.last.breakOff()
    expect(waiting()).toContain('Meower does not answer.')
  })

  it.each([408, 429, 500, 502, 503, 504])('tries again after %i', async (status) => {
    vi.useFakeTimers()
    const { server, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(status, 'not now')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.requests).toHaveLength(2)
  })

  it.each([400, 403, 413, 415, 422])('does not try again after %i', async (status) => {
    vi.useFakeTimers()
    const { server, field, problem, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(status, 'never')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(1)
    expect(problem().text()).toContain('never')
  })

  it('gives up after a while, keeps the text, and retries with one click', async () => {
    vi.useFakeTimers()
    const { server, posted, field, text, problem, retry, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      expect(server.requests).toHaveLength(attempt)
      await server.last.breakOff()
      await vi.advanceTimersByTimeAsync(15_000)
    }
    expect(server.requests).toHaveLength(TRIES)
    expect(problem().text()).toContain('Not posted. Your text is kept.')
    expect(text()).toBe('hello')
    await retry().trigger('click')
    expect(problem().exists()).toBe(false)
    await server.last.answer(aMeow(), {}, 201)
    expect(posted).toHaveLength(1)
    expect(text()).toBe('')
  })

  it('tries again under the same key, so that a lost answer posts nothing twice', async () => {
    vi.useFakeTimers()
    const { server, field, retry, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      await server.last.breakOff()
      await vi.advanceTimersByTimeAsync(15_000)
    }
    await retry().trigger('click')
    const keys = server.requests.map(({ header }) => header.get('Idempotency-Key'))
    expect(keys).toHaveLength(TRIES + 1)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keys).size).toBe(1)
  })

  it('keeps the key when the page is reloaded before the answer', async () => {
    const before = aComposer()
    await before.field.setValue('hello')
    await before.submit()
    const key = before.server.last.header.get('Idempotency-Key')
    await nextTick()
    before.page.unmount()
    const again = aComposer()
    await again.submit()
    expect(again.server.last.header.get('Idempotency-Key')).toBe(key)
  })

  it('stops trying with its page', async () => {
    vi.useFakeTimers()
    const { server, page, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.breakOff()
    page.unmount()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(1)
  })

  it('posts another text under another key, and the same text again too', async () => {
    const { server, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(400, 'never')
    await field.setValue('hello!')
    await submit()
    await server.last.answer(aMeow(), {}, 201)
    await field.setValue('hello!')
    await submit()
    const keys = server.requests.map(({ header }) => header.get('Idempotency-Key'))
    expect(new Set(keys).size).toBe(3)
  })

  it('offers no retry for what the server will never take', async () => {
    const { server, field, text, page, problem, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(400, 'body has forbidden characters')
    expect(problem().text()).toContain('body has forbidden characters')
    expect(page.find('[role=alert] button').exists()).toBe(false)
    expect(text()).toBe('hello')
  })

  it('follows a word that is being composed', async () => {
    const { page, field, button, count } = aComposer()
    await field.trigger('compositionstart')
    for (const composed of ['H', 'He', 'Hello']) {
      field.element.value = composed
      await field.trigger('input', { isComposing: true })
    }
    expect(count()).toBe('135 characters left of 140')
    expect(button.element.disabled).toBe(false)
    page.unmount()
    expect(aComposer().text()).toBe('Hello')
  })

  it('keeps what was typed after it was sent', async () => {
    const { server, field, text, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await field.setValue('hello there')
    await server.last.answer(aMeow(), {}, 201)
    expect(text()).toBe('hello there')
  })

  it('does not say that a text is kept which is gone', async () => {
    const { server, field, problem, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.refuse(400, 'never')
    await field.setValue('hell')
    expect(problem().exists()).toBe(true)
    await field.setValue(' ')
    expect(problem().exists()).toBe(false)
  })

  it('has the draft again after a reload', async () => {
    const before = aComposer()
    await before.field.setValue('half a thou')
    await nextTick()
    before.page.unmount()
    expect(aComposer().text()).toBe('half a thou')
  })

  it('has a name for everything that can be reached', () => {
    const { page, field, button } = aComposer()
    expect(page.get('label').attributes('for')).toBe(field.attributes('id'))
    expect(button.text()).toBe('Post')
  })
  it('hands on what allows to take a meow back', async () => {
    const { server, undos, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await server.last.answer(aMeow(), { 'Meower-Undo': 't-1' }, 201)
    expect(undos).toEqual([{ token: 't-1', window: 900_000 }])
  })

  it('says that what it repeats was deleted since, and posts it anew only when told to', async () => {
    const { server, field, text, submit, problem } = aComposer()
    await field.setValue('hello')
    await submit()
    const key = server.last.header.get('Idempotency-Key')
    await server.last.problem(410, { type: '/problems/deleted', detail: 'gone', by: 'operator' })
    expect(problem().text()).toContain('It had been posted, and was deleted since.')
    expect(text()).toBe('hello')
    expect(server.requests).toHaveLength(1)
    await submit()
    expect(server.last.header.get('Idempotency-Key')).not.toBe(key)
  })

  describe('to which a text is put back', () => {
    it('has it above what was written', async () => {
      const { restore, field, text } = aComposer()
      await restore('back')
      expect(text()).toBe('back')
      await field.setValue('written')
      await restore('back again')
      expect(text()).toBe('back again\nwritten')
    })

    it('has it when the post that is under way is over', async () => {
      const { server, restore, field, text, submit } = aComposer()
      await field.setValue('posted')
      await submit()
      await restore('back')
      expect(text()).toBe('posted')
      await server.last.answer(aMeow({ body: 'posted' }), {}, 201)
      expect(text()).toBe('back')
    })

    it('has both when that post fails', async () => {
      const { server, restore, field, text, submit } = aComposer()
      await field.setValue('refused')
      await submit()
      await restore('back')
      await server.last.refuse(400, 'no')
      await nextTick()
      expect(text()).toBe('back\nrefused')
    })
  })
})

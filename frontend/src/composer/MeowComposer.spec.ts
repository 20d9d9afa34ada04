import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { render } from '../testing/render'
import MeowComposer from './MeowComposer.vue'
import { useComposer } from './useComposer'

function aComposer() {
  const posted: string[] = []
  let restore: (text: string) => void = () => undefined
  const page = render(
    defineComponent(() => {
      const composer = useComposer((body) => {
        posted.push(body)
      })
      restore = composer.restore
      return () => h(MeowComposer, { composer })
    }),
  )
  const field = page.get('textarea')
  return {
    page,
    posted,
    restore: async (text: string) => {
      restore(text)
      await nextTick()
    },
    field,
    text: () => field.element.value,
    button: page.get<HTMLButtonElement>('button[type=submit]'),
    count: () => page.get('#composer-count').text(),
    complaint: () => page.get('#composer-complaint').text(),
    submit: () => page.get('form').trigger('submit'),
  }
}

describe('MeowComposer', () => {
  it('counts what is left as the server counts it', async () => {
    const { field, count } = aComposer()
    expect(count()).toBe('140 characters left of 140')
    await field.setValue(' 🐈 cafe\u0301 ')
    expect(count()).toBe('134 characters left of 140')
  })

  it('hands over what was written and is free for the next at once', async () => {
    const { posted, field, text, button, submit } = aComposer()
    await field.setValue('  hello\nthere ')
    await submit()
    expect(posted).toEqual(['hello\nthere'])
    expect(text()).toBe('')
    expect(field.attributes('readonly')).toBeUndefined()
    await field.setValue('and more')
    expect(button.element.disabled).toBe(false)
    await submit()
    expect(posted).toEqual(['hello\nthere', 'and more'])
  })

  it('hands over once, however often it is pressed', async () => {
    const { posted, field, submit } = aComposer()
    await field.setValue('hello')
    await submit()
    await submit()
    await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(posted).toEqual(['hello'])
  })

  it.each([{ ctrlKey: true }, { metaKey: true }])('posts with %j and Enter', async (keys) => {
    const { posted, field } = aComposer()
    await field.setValue('hello')
    await field.trigger('keydown', { key: 'Enter', ...keys })
    expect(posted).toHaveLength(1)
  })

  it('breaks the line with Enter alone, and leaves Enter to an input method', async () => {
    const { posted, field } = aComposer()
    await field.setValue('hello')
    await field.trigger('keydown', { key: 'Enter' })
    await field.trigger('keydown', { key: 'Enter', ctrlKey: true, isComposing: true })
    expect(posted).toHaveLength(0)
  })

  it.each(['', '   \n', '\u3164\ufe0f\u2800'])('cannot post %j', async (nothing) => {
    const { posted, field, button, submit } = aComposer()
    await field.setValue(nothing)
    expect(button.element.disabled).toBe(true)
    await submit()
    expect(posted).toHaveLength(0)
  })

  it('says how much is too much', async () => {
    const { posted, field, button, complaint, submit } = aComposer()
    await field.setValue('🐈'.repeat(141))
    expect(complaint()).toBe('Shorten it by 1 character to post it.')
    expect(field.attributes('aria-invalid')).toBe('true')
    expect(button.element.disabled).toBe(true)
    await submit()
    expect(posted).toHaveLength(0)
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
    const { posted, field, count, complaint, submit } = aComposer()
    await field.setValue('name\tage\n')
    expect(complaint()).toBe('')
    expect(count()).toBe('132 characters left of 140')
    await submit()
    expect(posted).toEqual(['name age'])
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

  describe('to which a text is put back', () => {
    it('has it above what was written', async () => {
      const { restore, field, text } = aComposer()
      await restore('back')
      expect(text()).toBe('back')
      await field.setValue('written')
      await restore('back again')
      expect(text()).toBe('back again\nwritten')
    })
  })
})

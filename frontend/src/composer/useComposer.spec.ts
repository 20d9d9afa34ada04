import { describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { use } from '../testing/render'
import { useComposer } from './useComposer'

function aComposer() {
  const lead = ref('#cats ')
  const handOver = vi.fn<(body: string) => void>()
  const composer = use(() => useComposer(handOver, () => lead.value))
  const stored = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('meower.draft.'))
      .map((key) => localStorage.getItem(key))
  return { lead, handOver, composer, stored }
}

describe('what a text begins with', () => {
  it('is there, and is nothing to be posted and no draft', async () => {
    const { composer, handOver, stored } = aComposer()
    expect(composer.text.value).toBe('#cats ')
    expect(composer.draft.value).toMatchObject({ kind: 'blank', remaining: 135 })
    expect(composer.post()).toBe(false)
    await nextTick()
    expect(handOver).not.toHaveBeenCalled()
    expect(stored()).toEqual([])
  })

  it('is posted with what is written behind it, and is there again', () => {
    const { composer, handOver } = aComposer()
    composer.write('#cats are here')
    expect(composer.post()).toBe(true)
    expect(handOver).toHaveBeenCalledWith('#cats are here')
    expect(composer.text.value).toBe('#cats ')
  })

  it('can be removed, letter by letter, without ever being a draft', async () => {
    const { composer, stored } = aComposer()
    for (const left of ['#cats', '#cat', '#', '']) {
      composer.write(left)
      expect(composer.text.value).toBe(left)
    }
    await nextTick()
    expect(stored()).toEqual([])
    composer.write('without')
    await nextTick()
    expect(composer.draft.value).toMatchObject({ kind: 'ready', body: 'without' })
    expect(stored()).toEqual(['without'])
  })

  it('is another one in another view, and never replaces a draft', async () => {
    const { lead, composer } = aComposer()
    composer.write('')
    lead.value = '#dogs '
    await nextTick()
    expect(composer.text.value).toBe('#dogs ')
    composer.write('a draft')
    lead.value = ''
    await nextTick()
    expect(composer.text.value).toBe('a draft')
  })

  it('makes room for a text that is put back', () => {
    const { composer } = aComposer()
    composer.restore('kept')
    expect(composer.text.value).toBe('kept')
  })
})

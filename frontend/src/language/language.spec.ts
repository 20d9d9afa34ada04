import { flushPromises } from '@vue/test-utils'
import { createApp, h, nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { render, use } from '../testing/render'
import ar from './ar'
import { PATIENCE, begin } from './begin'
import de from './de'
import en from './en'
import { FILES } from './files'
import ja from './ja'
import LanguageChoice from './LanguageChoice.vue'
import { LANGUAGES, bestOf } from './languages'
import { SaidWords } from './SaidWords'
import { language, speak, t } from './text'
import { useLanguage } from './useLanguage'
import { said } from './words'

const root = document.documentElement

function theBrowserWants(...languages: readonly string[]) {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages)
}

async function chooses(page: ReturnType<typeof render>, one: string) {
  await page.find('select').setValue(one)
  await flushPromises()
}

beforeEach(() => {
  speak('en', en)
})
afterEach(() => {
  speak('en', en)
})

describe('the language of the page', () => {
  it.each([
    [['de-CH', 'en'], 'de'],
    [['nl', 'fr-CA', 'de'], 'fr'],
    [['AR'], 'ar'],
    [['ja-Jpan-JP'], 'ja'],
    [['nl', 'constructor'], 'en'],
    [[], 'en'],
  ])('is the first of %j that it speaks: %s', (wanted, best) => {
    expect(bestOf(wanted)).toBe(best)
  })

  it('is what the browser wants, said of the document as well', async () => {
    theBrowserWants('ar-EG', 'en')
    const page = render(LanguageChoice)
    await vi.waitUntil(() => language.value === 'ar')
    await nextTick()
    expect([root.lang, root.dir]).toEqual(['ar', 'rtl'])
    expect(page.find('label').text()).toBe('اللغة')
  })

  it('is what the reader chose before, whatever the browser wants', async () => {
    theBrowserWants('ar')
    localStorage.setItem('meower.language', 'de')
    render(LanguageChoice)
    await vi.waitUntil(() => language.value === 'de')
    await nextTick()
    expect([root.lang, root.dir]).toEqual(['de', 'ltr'])
  })

  it('is not what is stored and is none', async () => {
    localStorage.setItem('meower.language', 'toString')
    render(LanguageChoice)
    await flushPromises()
    expect(language.value).toBe('en')
  })

  it('is chosen by its own name, and remembered', async () => {
    const page = render(LanguageChoice)
    expect(page.findAll('option').map((option) => option.text())).toEqual(
      Object.values(LANGUAGES).map(({ name }) => name),
    )
    expect(page.findAll('option').map((option) => option.attributes('lang'))).toEqual(
      Object.keys(LANGUAGES),
    )
    await chooses(page, 'ja')
    await vi.waitUntil(() => language.value === 'ja')
    expect(localStorage.getItem('meower.language')).toBe('ja')
    expect(page.find('label').text()).toBe('言語')
    await chooses(page, 'en')
    await vi.waitUntil(() => language.value === 'en')
  })

  it('stays as it is when the other one cannot be loaded, says so and tries again', async () => {
    const file = vi.spyOn(FILES, 'de').mockRejectedValue(new TypeError('Failed to fetch'))
    const page = render(LanguageChoice)
    await chooses(page, 'de')
    expect(language.value).toBe('en')
    expect(page.find('select').element.value).toBe('en')
    expect(page.find('[role=status]').text()).toContain('Deutsch')
    file.mockResolvedValue({ default: de })
    await page.find('[role=status] button').trigger('click')
    await flushPromises()
    expect(language.value).toBe('de')
    expect(page.find('[role=status]').text()).toBe('')
  })

  it('is tried again when the network is back', async () => {
    const file = vi.spyOn(FILES, 'de').mockRejectedValue(new TypeError('Failed to fetch'))
    const page = render(LanguageChoice)
    await chooses(page, 'de')
    file.mockResolvedValue({ default: de })
    window.dispatchEvent(new Event('online'))
    await flushPromises()
    expect(language.value).toBe('de')
  })

  it('is the one that was chosen last, however late another one comes', async () => {
    let arrive: () => void = () => undefined
    vi.spyOn(FILES, 'de').mockReturnValue(
      new Promise((resolve) => {
        arrive = () => {
          resolve({ default: de })
        }
      }),
    )
    const page = render(LanguageChoice)
    await chooses(page, 'de')
    await chooses(page, 'ja')
    await vi.waitUntil(() => language.value === 'ja')
    arrive()
    await flushPromises()
    expect(language.value).toBe('ja')
  })

  it('can be chosen where nothing may be stored', async () => {
    const refused = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const { choose } = use(useLanguage)
    refused.mockRestore()
    await choose('de')
    expect(language.value).toBe('de')
  })
})

describe('the beginning', () => {
  function aPage() {
    document.body.innerHTML = '<div id="app"></div>'
    const app = createApp({ render: () => t('page.search') })
    onTestFinished(() => {
      app.unmount()
    })
    return app
  }

  it('is in the language of the reader', async () => {
    localStorage.setItem('meower.language', 'de')
    await begin(aPage())
    expect(document.body.textContent).toBe('Suche')
  })

  it('does not wait for ever', async () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    vi.spyOn(FILES, 'fr').mockReturnValue(new Promise(() => undefined))
    const app = aPage()
    const { choose } = use(useLanguage)
    void choose('fr')
    const begun = begin(app)
    await vi.advanceTimersByTimeAsync(PATIENCE - 1)
    expect(document.body.textContent).toBe('')
    await vi.advanceTimersByTimeAsync(1)
    await begun
    expect(document.body.textContent).toBe('Search')
    void choose('en')
  })
})

describe('a message', () => {
  const meows = (...counts: readonly number[]) =>
    counts.map((count) => t('newest.meows', { count }))

  it('counts as English does', () => {
    expect(meows(0, 1, 2, 1_234)).toEqual([
      '0 new meows',
      '1 new meow',
      '2 new meows',
      '1,234 new meows',
    ])
  })

  it('has six forms in Arabic, with its own digits', () => {
    speak('ar', ar)
    const forms = ar['newest.meows']
    const digits = new Intl.NumberFormat('ar')
    const of = (form: string, count: number) => form.replace('{count}', digits.format(count))
    expect(meows(0, 1, 2, 3, 11, 100)).toEqual([
      forms.zero,
      forms.one,
      forms.two,
      of(forms.few, 3),
      of(forms.many, 11),
      of(forms.other, 100),
    ])
  })

  it('has one form in Japanese', () => {
    speak('ja', ja)
    expect(meows(1, 2)).toEqual(['新しいニャー 1 件', '新しいニャー 2 件'])
  })

  it('has words of a server in it, which are said to be English', () => {
    const words = { key: 'outbox.refused', words: 'Too many.' } as const
    speak('de', de)
    expect(said(words)).toBe('Nicht angenommen: Too many.')
    const shown = render({ render: () => h('p', h(SaidWords, { words })) })
    expect(shown.text()).toBe('Nicht angenommen: Too many.')
    expect(shown.find('[lang=en]').text()).toBe('Too many.')
  })
})

import { describe, expect, it } from 'vitest'
import ar from './ar'
import de from './de'
import en from './en'
import es from './es'
import fr from './fr'
import ja from './ja'
import type { Language } from './languages'
import type { Key, Messages, Plural } from './messages'

const ALL: Record<Language, Messages> = { en, de, fr, es, ja, ar }

/** What a number tells by itself, where a language has a form for it alone. */
const SAID_BY_THE_FORM = new Set(['zero', 'one', 'two'])

const keys = Object.keys(en) as Key[]

function textsOf(message: string | Plural): readonly (readonly [string, string])[] {
  return typeof message === 'string' ? [['other', message]] : Object.entries(message)
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

describe.each(Object.entries(ALL))('the messages in %s', (language, messages) => {
  it('are those that the English ones are', () => {
    expect(Object.keys(messages).sort()).toEqual([...keys].sort())
  })

  it('say something, without space that a template would have to know of', () => {
    const empty = keys.filter((key) =>
      textsOf(messages[key]).some(([, text]) => text.trim() === '' || / $|\n/.test(text)),
    )
    expect(empty).toEqual([])
  })

  it('have the same names in braces, and no other braces', () => {
    const wrong = keys.filter((key) => {
      const wanted = namesIn(textsOf(en[key]).at(-1)?.[1] ?? '')
      return textsOf(messages[key]).some(([form, text]) => {
        const had = new Set(namesIn(text))
        const missed = wanted.filter((name) => !had.has(name))
        const excused = missed.every((name) => name === 'count' && SAID_BY_THE_FORM.has(form))
        const unknown = [...had].filter((name) => !wanted.includes(name))
        return !excused || unknown.length > 0 || /[{}]/.test(text.replace(/\{\w+\}/g, ''))
      })
    })
    expect(wrong).toEqual([])
  })

  it('have each form of each number that the language has, and no other', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort()
    for (const key of keys) {
      const message = messages[key]
      if (typeof message === 'string') expect(typeof en[key]).toBe('string')
      else expect([key, ...Object.keys(message).sort()]).toEqual([key, ...forms])
    }
  })
})

it('is another language in each file', () => {
  const long = keys.filter((key) => typeof en[key] === 'string' && en[key].length > 20)
  for (const language of ['de', 'fr', 'es', 'ja', 'ar'] as const) {
    const same = long.filter((key) => ALL[language][key] === en[key])
    expect(same, language).toEqual([])
  }
})

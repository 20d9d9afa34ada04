import { describe, expect, it } from 'vitest'
import { LIMIT, codePoints, judge, normalise } from './draft'

describe('codePoints', () => {
  it.each([
    ['', 0],
    ['meow', 4],
    ['é', 1],
    ['🐈', 1],
    ['👩‍👩‍👧‍👦', 7],
    ['🇵🇱', 2],
    ['a\nb', 3],
  ])('counts %j as %i', (text, count) => {
    expect(codePoints(text)).toBe(count)
  })
})

describe('normalise', () => {
  it('composes letters and their accents', () => {
    expect(normalise('cafe\u0301')).toBe('café')
  })

  it('trims around the text, not inside it', () => {
    expect(normalise(' \n a  b\n\nc \n ')).toBe('a  b\n\nc')
  })

  it('knows one kind of line break', () => {
    expect(normalise('a\r\nb\rc')).toBe('a\nb\nc')
  })
})

describe('judge', () => {
  it.each(['', '   ', '\n\n', ' \t ', '\u00a0\ufeff\u2028'])('finds %j empty', (text) => {
    expect(judge(text)).toEqual({ kind: 'empty', remaining: LIMIT })
  })

  it.each(['\u200b', '\u200d\u2060', '\u200f'])(
    'finds %j empty, because nobody could see it',
    (text) => {
      expect(judge(text).kind).toBe('empty')
    },
  )

  it('counts after normalising', () => {
    expect(judge('  cafe\u0301  ')).toEqual({ kind: 'ready', body: 'café', remaining: 136 })
  })

  it('takes 140 code points and refuses the 141st', () => {
    expect(judge('🐈'.repeat(140))).toMatchObject({ kind: 'ready', remaining: 0 })
    expect(judge('🐈'.repeat(141))).toEqual({ kind: 'tooLong', remaining: -1 })
  })

  it('takes 140 letters that were typed as letter and accent', () => {
    expect(judge('e\u0301'.repeat(140))).toMatchObject({ kind: 'ready', remaining: 0 })
  })

  it('does not count what is trimmed', () => {
    expect(judge(`${'a'.repeat(140)}   \n`)).toMatchObject({ kind: 'ready', remaining: 0 })
  })

  it('takes line breaks', () => {
    expect(judge('a\n\nb').kind).toBe('ready')
  })

  it.each(['a\tb', 'a\u0000b', 'a\u001bb', 'a\u007fb', 'a\u0085b', 'a\uD83Db'])(
    'refuses the control character in %j',
    (text) => {
      expect(judge(text).kind).toBe('forbidden')
    },
  )

  it('takes invisible characters that are no control characters', () => {
    expect(judge('🐈‍⬛\u200f').kind).toBe('ready')
  })
})

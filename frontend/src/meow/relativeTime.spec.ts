import { describe, expect, it, onTestFinished, vi } from 'vitest'
import de from '../language/de'
import en from '../language/en'
import { speak } from '../language/text'
import { exactTime, relativeTime } from './relativeTime'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const ago = (seconds: number) => relativeTime(new Date(NOW - seconds * 1_000).toISOString(), NOW)

describe('relativeTime', () => {
  it.each([
    [0, 'just now'],
    [9, 'just now'],
    [10, '10 seconds ago'],
    [59, '59 seconds ago'],
    [60, '1 minute ago'],
    [3_599, '59 minutes ago'],
    [3_600, '1 hour ago'],
    [86_399, '23 hours ago'],
    [86_400, 'yesterday'],
    [6 * 86_400, '6 days ago'],
  ])('says of %i seconds: %s', (seconds, words) => {
    expect(ago(seconds)).toBe(words)
  })

  it('names the date after a week', () => {
    expect(ago(8 * 86_400)).toBe('Mar 2, 2026')
  })

  it('takes a moment in the future for a clock that is off', () => {
    expect(ago(-300)).toBe('just now')
  })

  it('speaks the language of the page, also when that changes', () => {
    onTestFinished(() => {
      speak('en', en)
    })
    speak('de', de)
    expect([ago(0), ago(3_600), ago(8 * 86_400)]).toEqual([
      'gerade eben',
      'vor 1 Stunde',
      '2. März 2026',
    ])
  })

  it('says nothing about what is no time', () => {
    expect(relativeTime('soon', NOW)).toBe('')
  })
})

describe('exactTime', () => {
  it('names the moment to the second', () => {
    expect(exactTime('2026-03-10T12:34:56Z')).toMatch(/2026.*34.*56/)
  })

  it('speaks the language of the page, whatever the browser speaks', async () => {
    const { DateTimeFormat } = Intl
    vi.stubGlobal('Intl', {
      ...Object.fromEntries(
        Object.getOwnPropertyNames(Intl).map((name) => [name, Reflect.get(Intl, name) as unknown]),
      ),
      DateTimeFormat: function (locale: string | undefined, options: Intl.DateTimeFormatOptions) {
        return new DateTimeFormat(locale ?? 'de', options)
      },
    })
    vi.resetModules()
    const { exactTime: said } = await import('./relativeTime')
    expect(said('2026-03-10T12:34:56Z')).toMatch(/Tuesday, March 10, 2026/)
  })

  it('shows what is no time as it is', () => {
    expect(exactTime('soon')).toBe('soon')
  })
})

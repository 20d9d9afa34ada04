import { describe, expect, it } from 'vitest'
import linkTable from '../../../shared-schema/src/test/resources/meower/text/links.json?raw'
import tagTable from '../../../shared-schema/src/test/resources/meower/text/tags.json?raw'
import type { Segment } from './segments'
import { segments } from './segments'

interface LinkCase {
  readonly body: string
  readonly links: readonly string[]
  /** When they are shown as something else. */
  readonly shown?: readonly string[]
  readonly why: string
}

const linkCases = JSON.parse(linkTable) as readonly LinkCase[]

interface TagCase {
  readonly body: string
  readonly tags: readonly string[]
  readonly why: string
}

/** The index and the topics of the live feed are tested with the same ones. */
const tagCases = JSON.parse(tagTable) as readonly TagCase[]

const text = (value: string) => ({ kind: 'text', parts: [{ text: value, marked: false }] })
const tag = (value: string) => ({
  kind: 'tag',
  tag: value,
  parts: [{ text: value, marked: false }],
})
const link = (value: string) => ({
  kind: 'link',
  href: value,
  parts: [{ text: value, marked: false }],
})
const joined = (found: readonly Segment[]) =>
  found.flatMap(({ parts }) => parts.map((part) => part.text)).join('')
const marked = (found: readonly Segment[]) =>
  found.flatMap(({ parts }) => parts.filter((part) => part.marked).map((part) => part.text))

describe('segments', () => {
  it('leaves plain text whole', () => {
    expect(segments('just words')).toEqual([text('just words')])
  })

  it('has none for an empty body', () => {
    expect(segments('')).toEqual([])
  })

  it('keeps line breaks and spaces as they are', () => {
    expect(segments('one\n\n  two ')).toEqual([text('one\n\n  two ')])
  })

  it('never turns markup into anything but text', () => {
    const body = '<img src=x onerror=alert(1)> &amp; <a href="javascript:alert(1)">x</a>'
    expect(segments(body)).toEqual([text(body)])
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,hi',
    'ftp://example.org',
    'file:///etc/passwd',
    'http://',
    'https://:80',
    'http://[not-an-address',
  ])('does not link %s', (address) => {
    expect(segments(address).every(({ kind }) => kind === 'text')).toBe(true)
  })

  it('finds http and https links between words', () => {
    expect(segments('see https://example.org/a?b=c#d and http://example.com now')).toEqual([
      text('see '),
      link('https://example.org/a?b=c#d'),
      text(' and '),
      link('http://example.com'),
      text(' now'),
    ])
  })

  it.each([
    ['https://example.org.', 'https://example.org'],
    ['(https://example.org)', 'https://example.org'],
    ['“https://example.org”', 'https://example.org'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
    ['https://example.org/?!', 'https://example.org/'],
    ['<https://example.org>', 'https://example.org'],
    ['HTTPS://EXAMPLE.ORG', 'HTTPS://EXAMPLE.ORG'],
  ])('ends the link in %s where the address ends', (body, address) => {
    const found = segments(body)
    expect(found.filter(({ kind }) => kind === 'link')).toEqual([link(address)])
    expect(joined(found)).toBe(body)
  })

  it.each(linkCases)('ends links where a reader would: $why', ({ body, links, shown }) => {
    const found = segments(body).filter((segment) => segment.kind === 'link')
    expect(found.map(({ href }) => href)).toEqual(links)
    expect(found.map((one) => joined([one]))).toEqual(shown ?? links)
    if (shown === undefined) expect(joined(segments(body))).toBe(body)
  })

  it('marks the name of a link as a whole where it is shown as another one', () => {
    expect(segments('https://gооgle.com', [{ start: 8, end: 9 }])).toMatchObject([
      { kind: 'link', parts: [{ text: 'https://xn--ggle-55da.com', marked: true }] },
    ])
  })

  it.each(tagCases)('finds the tags that the servers find: $why', ({ body, tags }) => {
    const found = segments(body)
    expect(found.filter(({ kind }) => kind === 'tag').map((one) => joined([one]))).toEqual(tags)
    expect(joined(found)).toBe(body)
  })

  it('finds tags at the beginning, between words and after punctuation', () => {
    expect(segments('#cats and (#dogs)')).toEqual([
      tag('#cats'),
      text(' and ('),
      tag('#dogs'),
      text(')'),
    ])
  })

  it.each(['#café', '#кошки', '#猫', '#cat_2', '#2cats', '#_', '#قطط'])(
    'takes %s as a tag',
    (value) => {
      expect(segments(value)).toEqual([tag(value)])
    },
  )

  it.each(['#1', '#', '# cats', 'a#b', '𝒜#b', '&#x27;', '#\u0301a', '##', 'issue#cats'])(
    'takes %s as text',
    (value) => {
      expect(segments(value)).toEqual([text(value)])
    },
  )

  it('leaves a fragment to its link', () => {
    expect(segments('https://example.org/#cats')).toEqual([link('https://example.org/#cats')])
  })

  it('marks the matched ranges', () => {
    expect(segments('hello world', [{ start: 6, end: 11 }])).toEqual([
      {
        kind: 'text',
        parts: [
          { text: 'hello ', marked: false },
          { text: 'world', marked: true },
        ],
      },
    ])
  })

  it('counts ranges in UTF-16 code units, so that an emoji before them takes two', () => {
    const body = '🐈🐈 cat'
    expect(marked(segments(body, [{ start: 5, end: 8 }]))).toEqual(['cat'])
  })

  it('never cuts a surrogate pair in two', () => {
    const body = 'a🐈b'
    expect(marked(segments(body, [{ start: 2, end: 4 }]))).toEqual(['🐈b'])
    expect(marked(segments(body, [{ start: 0, end: 2 }]))).toEqual(['a🐈'])
  })

  it('marks emoji joined to one picture as they are', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(marked(segments(`the ${family} cat`, [{ start: 4, end: 4 + family.length }]))).toEqual([
      family,
    ])
  })

  it('marks across the border of text and tag', () => {
    const found = segments('my #cats', [{ start: 1, end: 6 }])
    expect(found).toEqual([
      {
        kind: 'text',
        parts: [
          { text: 'm', marked: false },
          { text: 'y ', marked: true },
        ],
      },
      {
        kind: 'tag',
        tag: '#cats',
        parts: [
          { text: '#ca', marked: true },
          { text: 'ts', marked: false },
        ],
      },
    ])
  })

  it('marks inside a link without changing where it leads', () => {
    const [found] = segments('https://example.org', [{ start: 8, end: 15 }])
    expect(found).toMatchObject({ kind: 'link', href: 'https://example.org' })
    expect(marked(found ? [found] : [])).toEqual(['example'])
  })

  it('sorts ranges and joins those that overlap', () => {
    const ranges = [
      { start: 6, end: 9 },
      { start: 0, end: 2 },
      { start: 7, end: 11 },
    ]
    expect(marked(segments('hello world', ranges))).toEqual(['he', 'world'])
  })

  it.each([
    [[{ start: -5, end: 2 }], ['he']],
    [[{ start: 9, end: 99 }], ['ld']],
    [[{ start: 4, end: 4 }], []],
    [[{ start: 8, end: 3 }], []],
    [[{ start: 50, end: 60 }], []],
  ])('makes the best of the impossible ranges %j', (ranges, expected) => {
    const found = segments('hello world', ranges)
    expect(marked(found)).toEqual(expected)
    expect(joined(found)).toBe('hello world')
  })

  it('loses and adds nothing, whatever the body', () => {
    const bodies = [
      '#a#b #c, https://x.org/#d. (http://y.org/(z)) \u0000 \uD83D 🐈‍⬛',
      'https://https://https://',
      '#️⃣ #cats️',
    ]
    for (const body of bodies) {
      expect(joined(segments(body, [{ start: 1, end: 20 }]))).toBe(body)
    }
  })
})

import { describe, expect, it } from 'vitest'
import tagTable from '../../../shared-schema/src/test/resources/meower/text/tags.json?raw'
import { tagName } from '../meow/tagName'
import { aMeow } from '../testing/meows'
import { MOST_TAGS, isTagged, keyOf, readTags, tagAddress, titleOf } from './tags'

interface Case {
  readonly tags: readonly string[]
  readonly names?: readonly string[]
}

describe('tagName', () => {
  const pairs = (JSON.parse(tagTable) as Case[]).flatMap(({ tags, names }) =>
    names === undefined ? [] : tags.map((tag, index) => [tag, names[index]]),
  )
  it.each(pairs)('compares %s as the servers do', (tag, name) => {
    expect(tagName(tag ?? '')).toBe(name)
  })

  it('keeps letters apart that readers do not take for each other', () => {
    expect(tagName('#किताब')).not.toBe(tagName('#कताब'))
    expect(tagName('#й')).not.toBe(tagName('#и'))
  })
})

describe('readTags', () => {
  it.each([
    ['cats', '#cats'],
    ['#cats', '#cats'],
    ['＃猫', '#猫'],
    ['cats dogs', '#cats #dogs'],
    ['cats Cats #CATS', '#cats'],
    ['  cats\u3000dogs ', '#cats #dogs'],
    ['', ''],
  ])('reads %j as %j', (text, title) => {
    const { tags, senseless, excess } = readTags(text)
    expect(titleOf(tags)).toBe(title)
    expect(senseless).toEqual([])
    expect(excess).toBe(0)
  })

  it.each(['!!', '2024', 'a,b', '#', 'a#b', 'https://example.org', '<b>'])(
    'takes %j for no tag',
    (word) => {
      const { tags, senseless } = readTags(`cats ${word}`)
      expect(titleOf(tags)).toBe('#cats')
      expect(senseless).toEqual([word])
    },
  )

  it('repeats of what is no tag no more than can be read', () => {
    const { tags, senseless } = readTags(`a,a b,b c,c d,d ${'x'.repeat(140)}`)
    expect(tags).toEqual([])
    expect(senseless).toEqual(['a,a', 'b,b', 'c,c'])
    expect(readTags('x'.repeat(140)).senseless).toEqual([`${'x'.repeat(40)}…`])
  })

  it('has no more of them than can be asked for', () => {
    const many = Array.from({ length: MOST_TAGS + 2 }, (_, index) => `t${index}`).join(' ')
    expect(readTags(many).tags).toHaveLength(MOST_TAGS)
    expect(readTags(many).excess).toBe(2)
  })

  it('reads what it has written in an address', () => {
    const address = tagAddress('#cats', '#猫', '#il·lusió')
    expect(address).toMatch(/^\/\?tag=cats\+%/)
    const text = new URL(address, 'http://meower.test').searchParams.get('tag') ?? ''
    expect(titleOf(readTags(text).tags)).toBe('#cats #猫 #il·lusió')
  })

  it('knows the same tags again in another order and another case', () => {
    expect(keyOf(readTags('Dogs cats').tags)).toBe(keyOf(readTags('CATS dogs').tags))
  })
})

describe('isTagged', () => {
  const { tags } = readTags('cats dogs')
  it.each([
    ['my #Cats', true],
    ['#dogs and birds', true],
    ['#catsup', false],
    ['cats', false],
    ['https://example.org/#cats', false],
  ])('says of %j: %j', (body, tagged) => {
    expect(isTagged(aMeow({ body }), tags)).toBe(tagged)
  })
})

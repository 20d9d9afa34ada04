import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { aMeow } from '../testing/meows'
import { use } from '../testing/render'
import { DAY, MOST, remaining, tagsOf, wanted } from './mute'
import { useMutes } from './useMutes'

const kept = () => JSON.parse(localStorage.getItem('meower.mutes') ?? '[]') as unknown[]

const keep = (value: unknown) => {
  localStorage.setItem('meower.mutes', typeof value === 'string' ? value : JSON.stringify(value))
}

const aMute = (changes: object = {}) => ({
  kind: 'word',
  what: 'spoiler',
  since: 0,
  until: null,
  ...changes,
})

const says = (body: string, id = 'a') => aMeow({ id, body })

describe('useMutes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('mutes a meow, a tag and a word', () => {
    const { add, reasonOf } = use(useMutes)
    add({ kind: 'meow', what: 'b' }, 'ever')
    add({ kind: 'tag', what: '#Cats' }, 'ever')
    add({ kind: 'word', what: 'Spoiler' }, 'ever')
    expect(reasonOf(says('hello', 'b'))?.kind).toBe('meow')
    expect(reasonOf(says('＃çats and #càts'))?.what).toBe('#Cats')
    expect(reasonOf(says('a spoiler!'))?.what).toBe('Spoiler')
    expect(reasonOf(says('cats, https://example.org/#cats and #catsup'))).toBeNull()
  })

  it('keeps them in this browser, each once', async () => {
    const { add, active } = use(useMutes)
    add({ kind: 'word', what: 'Straße' }, 'day')
    add({ kind: 'word', what: 'STRASSE' }, 'ever')
    await nextTick()
    expect(active.value).toHaveLength(1)
    expect(kept()).toEqual([aMute({ what: 'STRASSE', since: 1_000_000 })])
  })

  it('lets a mute for a day be over by itself', async () => {
    const { add, reasonOf, active } = use(useMutes)
    add({ kind: 'word', what: 'spoiler' }, 'day')
    await vi.advanceTimersByTimeAsync(DAY - 10_000)
    expect(reasonOf(says('spoiler'))).not.toBeNull()
    await vi.advanceTimersByTimeAsync(15_000)
    expect(reasonOf(says('spoiler'))).toBeNull()
    expect(active.value).toEqual([])
  })

  it('follows other tabs at once', () => {
    const { reasonOf } = use(useMutes)
    expect(reasonOf(says('spoiler'))).toBeNull()
    const change = (newValue: string | null) =>
      window.dispatchEvent(
        new StorageEvent('storage', {
          key: 'meower.mutes',
          newValue,
          storageArea: localStorage,
        }),
      )
    change(JSON.stringify([aMute()]))
    expect(reasonOf(says('spoiler'))).not.toBeNull()
    change('[{]')
    expect(reasonOf(says('spoiler'))).toBeNull()
  })

  it.each([
    '{',
    'null',
    '7',
    '{"a":1}',
    '[null,7,"a",{}]',
    '[{"kind":"user","what":"a","since":0,"until":null}]',
    '[{"kind":"word","what":"","since":0,"until":null}]',
    '[{"kind":"word","what":"a","since":0,"until":"soon"}]',
  ])('goes on without what cannot be read: %s', (broken) => {
    keep(broken)
    expect(use(useMutes).active.value).toEqual([])
  })

  it('leaves out only what cannot be read', () => {
    keep([aMute(), { kind: 'word' }, aMute({ what: 'x'.repeat(1_000) })])
    expect(use(useMutes).active.value).toEqual([aMute()])
  })

  it.each(['get', 'set'])('works while the browser refuses to %s', async (refused) => {
    const method = refused === 'get' ? 'getItem' : 'setItem'
    vi.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw new DOMException('no', 'SecurityError')
    })
    const { add, reasonOf } = use(useMutes)
    add({ kind: 'word', what: 'spoiler' }, 'ever')
    await nextTick()
    expect(reasonOf(says('spoiler'))).not.toBeNull()
  })

  it('works where the browser has no storage to be asked for', async () => {
    const storage = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError')
    })
    const { add, reasonOf } = use(useMutes)
    storage.mockRestore()
    add({ kind: 'word', what: 'spoiler' }, 'ever')
    await nextTick()
    expect(reasonOf(says('spoiler'))).not.toBeNull()
  })

  it('has room for a number of them: hidden meows make some, words do not', () => {
    const { add, active, reasonOf } = use(useMutes)
    for (let i = 0; i < MOST; i += 1) add({ kind: 'meow', what: `m${i}` }, 'ever')
    expect(add({ kind: 'word', what: 'spoiler' }, 'ever')).toBe(true)
    expect(active.value).toHaveLength(MOST)
    expect(reasonOf(says('hello', 'm0'))).toBeNull()
    expect(reasonOf(says('hello', 'm1'))).not.toBeNull()
    for (let i = 0; i < MOST; i += 1) add({ kind: 'word', what: `w${i}` }, 'ever')
    expect(add({ kind: 'word', what: 'another' }, 'ever')).toBe(false)
    expect(add({ kind: 'word', what: 'w7' }, 'day')).toBe(true)
    expect(active.value).toHaveLength(MOST)
    expect(reasonOf(says('spoiler'))).not.toBeNull()
  })

  it('reads no more than that', () => {
    keep(Array.from({ length: 2 * MOST }, (_, i) => aMute({ what: `w${i}` })))
    expect(use(useMutes).active.value).toHaveLength(MOST)
  })

  it('shows for this once what is muted, and hides it again', () => {
    const { add, reveal, toggle, reasonOf, active } = use(useMutes)
    add({ kind: 'word', what: 'spoiler' }, 'ever')
    const meow = says('spoiler')
    reveal('a')
    expect(reasonOf(meow)).toBeNull()
    expect(reasonOf(says('spoiler', 'b'))).not.toBeNull()
    toggle(meow)
    expect(reasonOf(meow)?.what).toBe('spoiler')
    toggle(meow)
    expect(reasonOf(meow)).toBeNull()
    expect(active.value).toHaveLength(1)
  })

  it('hides a meow and lets go of it with the same key', () => {
    const { toggle, reasonOf, active } = use(useMutes)
    toggle(says('hello'))
    expect(reasonOf(says('hello'))).toMatchObject({ kind: 'meow', what: 'a', until: null })
    toggle(says('hello'))
    expect(active.value).toEqual([])
  })

  it('hears only what is not muted', () => {
    const { add, heard } = use(useMutes)
    add({ kind: 'word', what: 'spoiler' }, 'ever')
    expect(heard([says('spoiler'), says('hello')])).toEqual([says('hello')])
  })
})

describe('a mute', () => {
  it.each([
    ['  #cats ', 'tag', '#cats'],
    ['＃猫', 'tag', '＃猫'],
    ['#cats #dogs', 'word', '#cats #dogs'],
    ['red \n carpet', 'word', 'red carpet'],
    ['#1', 'word', '#1'],
  ])('of what is written: %j', (text, kind, what) => {
    expect(wanted(text)).toEqual({ kind, what })
  })

  it('is offered for each tag of a meow once', () => {
    expect(tagsOf('#cats #CATS ＃cats #dogs')).toEqual(['#cats', '#dogs'])
  })

  it.each([
    [null, 'for ever'],
    [24 * 3_600_000, 'for 24 more hours'],
    [23 * 3_600_000 + 1, 'for 24 more hours'],
    [3_600_000, 'for 1 more hour'],
    [59 * 60_000, 'for 59 more minutes'],
    [1, 'for 1 more minute'],
    [-5, 'for 1 more minute'],
  ] as const)('says what is left of it: %j', (until, words) => {
    expect(remaining({ kind: 'tag', what: '#a', since: 0, until }, 0)).toBe(words)
  })
})

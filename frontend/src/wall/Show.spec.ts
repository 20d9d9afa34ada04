import { beforeEach, describe, expect, it } from 'vitest'
import type { Meow } from '../meow/meow'
import { aMeow, meows } from '../testing/meows'
import { AGAIN, QUEUE, RECENT, SEEN, STAGGER, STEPS, Show, readingTime } from './Show'

let now: number

beforeEach(() => {
  now = 5_000
})

function aShow(lines = 2, pace: number | null = 10_000) {
  return new Show({ lines, pace, now: () => now })
}

const shown = (show: Show) => show.lines.map((meow) => meow?.id ?? '-').join(' ')

/** Lets the time pass as a timer does that is set to what comes next. */
function pass(show: Show, milliseconds: number) {
  const end = now + milliseconds
  for (;;) {
    const wait = show.wait
    if (wait === null || now + wait > end) break
    now += wait
    show.advance()
  }
  now = end
}

const many = (count: number, name = 'm') =>
  meows(...Array.from({ length: count }, (_, index) => `${name}${index}`))

describe('a show', () => {
  it('begins with the newest, and nothing waits', () => {
    const show = aShow()
    show.begin(meows('c', 'b', 'a'))

    expect(shown(show)).toBe('c b')
    expect(show.waiting).toBe(0)
  })

  it('shows each for 2 s and 60 ms for every character', () => {
    expect(readingTime('🐈'.repeat(100))).toBe(8_000)
    const show = aShow(1, null)
    show.offer([aMeow({ id: 'a', body: 'x'.repeat(50) }), aMeow({ id: 'b' })])
    pass(show, 0)
    expect(shown(show)).toBe('a')

    pass(show, 4_999)
    expect(shown(show)).toBe('a')
    pass(show, 1)
    expect(shown(show)).toBe('b')
  })

  it('shows each for as long as it was told', () => {
    const show = aShow(1, 3_000)
    show.offer(meows('a', 'b'))
    pass(show, 2_999)
    expect(shown(show)).toBe('a')
    pass(show, 1)
    expect(shown(show)).toBe('b')
  })

  it('replaces what has had its time, and moves nothing else', () => {
    const show = aShow(2, null)
    show.offer([aMeow({ id: 'long', body: 'x'.repeat(140) }), aMeow({ id: 'short', body: 'x' })])
    show.offer(meows('next'))
    pass(show, STAGGER)
    expect(shown(show)).toBe('long short')
    expect(show.waiting).toBe(1)

    pass(show, readingTime('x'))

    expect(shown(show)).toBe('long next')
    expect(show.waiting).toBe(0)
  })

  it('changes one line at a time', () => {
    const show = aShow(3)
    show.offer(meows('a', 'b', 'c'))
    pass(show, 0)
    expect(shown(show)).toBe('a - -')
    pass(show, STAGGER)
    expect(shown(show)).toBe('a b -')
    pass(show, STAGGER)
    expect(shown(show)).toBe('a b c')
  })

  it('shows the last ones again in quiet times, the one first that was not seen for longest', () => {
    const show = aShow()
    show.begin(meows('d', 'c', 'b', 'a'))
    const seen = [shown(show)]
    for (let round = 0; round < 4; round += 1) {
      pass(show, 10_000 + STAGGER)
      seen.push(shown(show))
    }

    expect(seen).toEqual(['d c', 'b a', 'd c', 'b a', 'd c'])
  })

  it('leaves what is shown when there is nothing else', () => {
    const show = aShow()
    show.begin(meows('b', 'a'))
    expect(show.wait).toBeNull()
  })

  it('shows a new one soon when all that is shown was shown before', () => {
    const show = aShow(1, 600_000)
    show.begin(meows('b', 'a'))
    show.offer(meows('new'))
    pass(show, AGAIN)
    expect(shown(show)).toBe('new')

    show.offer(meows('newer'))
    pass(show, 599_999)
    expect(shown(show)).toBe('new')
  })

  it('shows again only the last ones', () => {
    const show = aShow(1, 1_000)
    show.begin(meows('old'))
    show.offer(many(RECENT))
    pass(show, (RECENT + 2) * 1_000)
    const again = new Set<string>()
    for (let round = 0; round < RECENT * 2; round += 1) {
      pass(show, 1_000)
      again.add(shown(show))
    }

    expect(again.size).toBe(RECENT)
    expect(again).not.toContain('old')
  })

  it('shows nothing twice that comes twice', () => {
    const show = aShow(1)
    show.begin(meows('a'))
    show.offer(meows('a', 'b', 'b'))
    show.begin(meows('b', 'a'))
    expect(show.waiting).toBe(1)
    expect(show.held).toHaveLength(2)
  })

  it('takes nothing for new that has come and gone', () => {
    const show = aShow(1)
    show.offer(meows('a'))
    pass(show, 0)
    show.remove('a')
    show.offer(meows('a'))
    expect(show.waiting).toBe(0)
  })

  it('leaves out the oldest of those that wait when they are too many, and says how many', () => {
    const show = aShow(1)
    show.offer(many(QUEUE + 3))
    expect(show.waiting).toBe(QUEUE)
    expect(show.leftOut).toBe(3)
    pass(show, 0)
    expect(shown(show)).toBe('m3')

    pass(show, 10_000 * QUEUE)
    expect(show.waiting).toBe(0)
    expect(show.leftOut).toBe(0)
  })

  it('has nothing left of what was deleted, on the screen, waiting, to come again or a step away', () => {
    const show = aShow()
    show.begin(meows('d', 'c', 'b', 'a'))
    show.offer(meows('e', 'f', 'g'))
    show.forward()
    show.forward()
    show.back()
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      show.remove(id)
      expect(JSON.stringify([show.lines, show.held])).not.toContain(`"${id}"`)
    }
    show.back()
    show.back()
    show.forward()

    expect(shown(show)).toBe('- -')
    expect(show.held).toEqual([])
  })

  it('fills the line of what was deleted at once', () => {
    const show = aShow()
    show.begin(meows('c', 'b', 'a'))
    pass(show, STAGGER)
    show.remove('c')
    expect(shown(show)).toBe('- b')
    pass(show, 0)
    expect(shown(show)).toBe('a b')
  })

  it('changes a text wherever it is, and shows it for its time', () => {
    const show = aShow(1, null)
    const edited = (id: string): Meow => aMeow({ id, body: 'y'.repeat(100), revision: 2 })
    show.offer([aMeow({ id: 'a', body: 'x' }), aMeow({ id: 'b', body: 'x' })])
    pass(show, 2_000)
    show.change(edited('a'))
    show.change(edited('b'))
    expect(show.lines[0]?.body).toBe(edited('a').body)

    pass(show, 7_999)
    expect(shown(show)).toBe('a')
    pass(show, 1)
    expect(show.lines).toEqual([edited('b')])
  })

  it('stands still while it is paused, and goes on where it was', () => {
    const show = aShow(1)
    show.offer(meows('a', 'b'))
    pass(show, 6_000)
    show.pause()
    show.pause()
    expect(show.wait).toBeNull()
    pass(show, 3_600_000)
    show.advance()
    expect(shown(show)).toBe('a')

    show.resume()
    show.resume()
    pass(show, 3_999)
    expect(shown(show)).toBe('a')
    pass(show, 1)
    expect(shown(show)).toBe('b')
  })

  it('steps on and back, also while it is paused', () => {
    const show = aShow()
    show.begin(meows('d', 'c', 'b', 'a'))
    show.offer(meows('e'))
    show.pause()
    const seen = [shown(show)]
    for (const step of [
      'forward',
      'forward',
      'back',
      'back',
      'back',
      'forward',
      'forward',
    ] as const) {
      show[step]()
      seen.push(shown(show))
    }

    expect(seen).toEqual(['d c', 'e c', 'e b', 'e c', 'd c', 'd c', 'e c', 'e b'])
  })

  it('steps back to where there was nothing', () => {
    const show = aShow(1)
    show.offer(meows('a'))
    show.pause()
    show.forward()
    show.back()
    expect(shown(show)).toBe('-')
    show.forward()
    expect(shown(show)).toBe('a')
  })

  it('holds no more than is bounded, however often somebody steps', () => {
    const show = aShow(2)
    show.begin(many(RECENT))
    show.offer(many(QUEUE, 'n'))
    for (let step = 0; step < 500; step += 1) show.forward()
    for (let step = 0; step < 500; step += 1) show.back()
    expect(show.held.length).toBeLessThanOrEqual(2 + RECENT + QUEUE + 2 * STEPS)
  })

  it('holds as much after eight hours at one a second as after one', () => {
    const show = aShow(5, null)
    const body = 'about fifty characters, as people write them mostly'
    const held: number[] = []
    for (let second = 0; second < 8 * 3_600; second += 1) {
      show.offer([aMeow({ id: `m${second}`, body })])
      if (second % 100 === 50) show.remove(`m${second - 30}`)
      if (second % 100 === 70) show.change(aMeow({ id: `m${second - 9}`, body, revision: 2 }))
      pass(show, 1_000)
      if (second % 3_600 === 3_599) held.push(show.held.length + show.remembered)
    }

    const most = 5 + RECENT + QUEUE + 2 * STEPS + SEEN
    expect(Math.max(...held)).toBeLessThanOrEqual(most)
    expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(RECENT)
    expect(show.waiting).toBeLessThanOrEqual(QUEUE)
    expect(shown(show)).not.toContain('-')
  })
})

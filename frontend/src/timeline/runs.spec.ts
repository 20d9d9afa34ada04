import { describe, expect, it } from 'vitest'
import { aMeow, idsOf, meows } from '../testing/meows'
import type { Runs } from './runs'
import * as held from './runs'

/** Runs written as 'd c | b a': a bar is where something may be missing. */
function runs(text: string): Runs {
  return text.split('|').map((run) => meows(...run.split(' ').filter((id) => id !== '')))
}

function written(value: Runs): string {
  return value.map(idsOf).join(' | ')
}

const page = (text: string) => meows(...text.split(' ').filter((id) => id !== ''))

describe('arrive', () => {
  it('puts meows on top in the order in which they arrived', () => {
    expect(written(held.arrive(runs('b a'), page('c d')))).toBe('d c b a')
  })

  it('never sorts by id', () => {
    expect(written(held.arrive(runs('z'), page('b a c')))).toBe('c a b z')
  })

  it('ignores a meow that is held already, in any run', () => {
    expect(written(held.arrive(runs('c | b a'), page('a c d d')))).toBe('d c | b a')
  })
})

describe('insert', () => {
  const at = (id: string, second: number) =>
    aMeow({ id, created_at: `2026-01-02T03:04:0${second}Z` })
  const some = [[at('z', 9)], [at('f', 6), at('c', 3)]]

  it.each([
    [7, 'z | n f c'],
    [5, 'z | f n c'],
    [2, 'z | f c'],
  ])('puts a meow where its time says, %d', (second, expected) => {
    expect(written(held.insert(some, at('n', second), false))).toBe(expected)
  })

  it('puts it last when nothing lies below what is held', () => {
    expect(written(held.insert(some, at('n', 2), true))).toBe('z | f c n')
    expect(written(held.insert([[]], at('n', 2), true))).toBe('n')
  })

  it('leaves one where it is that is held already', () => {
    expect(written(held.insert(some, at('c', 7), true))).toBe('z | f c')
  })
})

describe('interrupt', () => {
  it('lets what arrives next begin a run of its own', () => {
    const interrupted = held.interrupt(runs('b a'))
    expect(written(held.arrive(interrupted, page('d')))).toBe('d | b a')
  })

  it('makes no empty runs but the one that grows', () => {
    expect(held.interrupt(held.interrupt(runs('b a')))).toHaveLength(2)
    expect(held.interrupt(held.NOTHING)).toHaveLength(1)
  })
})

describe('joinHead', () => {
  const join = (before: string, newest: string) => {
    const joined = held.joinHead(runs(before), page(newest))
    return `${written(joined.runs)}${joined.whole ? '' : ' (behind)'}`
  }

  it('begins with the page', () => {
    expect(join('', 'c b a')).toBe(' | c b a (behind)')
  })

  it('keeps live meows that the page does not know yet on top', () => {
    expect(join('e d', 'd c b')).toBe('e d c b')
  })

  it('fills in what was missed between two connections', () => {
    expect(join('f | c b a', 'f e d c b')).toBe('f e d c b a')
  })

  it('keeps what is older than the page', () => {
    expect(join('d | c b a', 'd c')).toBe('d c b a')
  })

  it('says so when the page ends before the feed begins', () => {
    expect(join('f | c b a', 'd c b')).toBe('f | d c b a (behind)')
  })

  it('replaces what the page does not reach', () => {
    expect(join('z | c b a', 'z y x w')).toBe('z y x w')
    expect(join(' | c b a', 'z y x w')).toBe(' | z y x w (behind)')
  })

  it('lets go of older runs that the page does not reach', () => {
    expect(join('z y | m l | c b a', 'z y x m l k')).toBe('z y x m l k')
  })

  it('keeps a run between two that the page reaches', () => {
    expect(join('f | d | b a', 'f e c b')).toBe('f d e c b a')
  })

  it('takes the order of the page', () => {
    expect(join('c d b a', 'd c b')).toBe('d c b a')
  })

  it('loses nothing that is held between two meows of the page', () => {
    expect(join('d c b a', 'd b')).toBe('d c b a')
  })

  it('has nobody twice, whatever the overlap', () => {
    const ids = 'j i h g f e d c b a'.split(' ')
    for (let live = 0; live < 4; live += 1) {
      for (let start = 0; start < 6; start += 1) {
        const before = `${ids.slice(0, live).join(' ')} | ${ids.slice(live + 1).join(' ')}`
        const joined = held.joinHead(runs(before), page(ids.slice(start, start + 5).join(' ')))
        const all = idsOf(joined.runs.flat()).split(' ')
        expect(new Set(all).size).toBe(all.length)
      }
    }
  })
})

describe('leavesGap', () => {
  const leaves = (before: string, newest: string) => held.leavesGap(runs(before), page(newest))

  it('is so when the page ends above what is held', () => {
    expect(leaves('z | b a', 'z y x')).toBe(true)
    expect(leaves(' | b a', 'z y x')).toBe(true)
  })

  it('is not so when the page reaches what is held, or nothing older is', () => {
    expect(leaves('z | b a', 'z y b')).toBe(false)
    expect(leaves('z', 'z y x')).toBe(false)
    expect(leaves('', 'z y x')).toBe(false)
  })

  it('is not so when the page ends inside the growing run', () => {
    expect(leaves('z y x w | b a', 'z y')).toBe(false)
  })
})

describe('close', () => {
  it('joins runs with nothing between them', () => {
    expect(written(held.close(runs('d | c b')))).toBe('d c b')
  })
})

describe('extend', () => {
  it('puts older meows at the end, none twice', () => {
    expect(written(held.extend(runs('e | d c'), page('c b a')))).toBe('e | d c b a')
  })
})

describe('keepNewest', () => {
  it('lets go of the oldest', () => {
    expect(written(held.keepNewest(runs('e d | c b a'), 3))).toBe('e d | c')
    expect(written(held.keepNewest(runs('e d | c b a'), 2))).toBe('e d')
  })
})

describe('keepAround', () => {
  it('lets go of what is between the newest and the one that is read', () => {
    expect(written(held.keepAround(runs('g f e d c b a'), 2, 4))).toBe('g f | c b a')
  })
})

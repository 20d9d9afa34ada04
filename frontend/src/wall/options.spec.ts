import { describe, expect, it } from 'vitest'
import { USUAL, composerAddress, headingOf, readOptions, wallAddress } from './options'

describe('the address of a wall', () => {
  it('says everything', () => {
    expect(readOptions('?tag=fest&title=Summer%20fest&pace=8&lines=3&theme=dark&qr=0')).toEqual({
      tag: 'fest',
      title: 'Summer fest',
      pace: 8,
      lines: 3,
      theme: 'dark',
      qr: false,
    })
  })

  it('needs to say nothing', () => {
    expect(readOptions('')).toEqual(USUAL)
  })

  it.each([
    '?tag=!&title=%20&pace=fast&lines=many&theme=pink&qr=maybe',
    '?pace=0&lines=0',
    '?pace=-1&lines=-1',
    '?pace=601&lines=13',
    '?pace=1e2&lines=1e1',
    '?pace=NaN&lines=2.5',
    '?pace=Infinity&lines=%31%30%30',
    '?tag&title&pace&lines&theme&qr',
    '?theme=__proto__&lines=+5',
    '?%E0%A4%A',
  ])('is what is usual where it is no value: %s', (search) => {
    expect(readOptions(search)).toEqual(USUAL)
  })

  it('has a title of one line that is not too long', () => {
    const title = `A\n\u0000long\t${'🐈'.repeat(100)}`
    expect(readOptions(`?title=${encodeURIComponent(title)}`).title).toBe(
      `A long ${'🐈'.repeat(73)}`,
    )
  })

  it.each([
    '/wall',
    '/wall?tag=fest',
    '/wall?tag=fest&title=Summer+fest&pace=8.5&lines=3&theme=dark&qr=0',
  ])('is made of what was read from it: %s', (address) => {
    expect(wallAddress(readOptions(address.slice(5)))).toBe(address)
  })

  it('leads to where one writes with the tag', () => {
    expect(composerAddress('猫')).toEqual({
      href: `${location.origin}/?tag=%E7%8C%AB`,
      words: `${location.host}/?tag=猫`,
    })
    expect(composerAddress(null)).toEqual({ href: `${location.origin}/`, words: location.host })
  })

  it('is called by its title, its tag or its place', () => {
    expect(headingOf(USUAL)).toBe('Meower')
    expect(headingOf({ ...USUAL, tag: 'fest' })).toBe('#fest')
    expect(headingOf({ ...USUAL, tag: 'fest', title: 'Summer' })).toBe('Summer')
  })
})

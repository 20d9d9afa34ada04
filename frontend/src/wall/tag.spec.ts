import { describe, expect, it } from 'vitest'
import { hasTag, tagIn } from './tag'

describe('the tag of a wall', () => {
  it.each([
    ['fest', 'fest'],
    ['#fest', 'fest'],
    ['＃fest', 'fest'],
    [' fest! ', 'fest'],
    ['fest party', 'fest'],
    ['cafe\u0301', 'café'],
    ['猫', '猫'],
  ])('is found in "%s"', (text, tag) => {
    expect(tagIn(text)).toBe(tag)
  })

  it.each(['', '#', '2026', '!', '<b>', 'x'.repeat(140)])('is not in "%s"', (text) => {
    expect(tagIn(text)).toBeNull()
  })

  it.each([
    ['we are at #Fest', true],
    ['#FÉST 2026', true],
    ['#fest2', false],
    ['fest', false],
    ['https://example.org/#fest', false],
    ['#festival', false],
  ])('is in "%s": %s', (body, found) => {
    expect(hasTag(body, 'fest')).toBe(found)
  })

  it('is another one when its letters are others for their readers', () => {
    expect(hasTag('#दल', 'दिल')).toBe(false)
    expect(hasTag('#краи', 'край')).toBe(false)
    expect(hasTag('#２०２６fest', '2026fest')).toBe(true)
    expect(hasTag('#٢٠٢٦fest', '2026fest')).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { isolate } from './isolate'

describe('isolate', () => {
  it('keeps text apart from the sentence around it', () => {
    expect(isolate('قطط')).toBe('\u2068قطط\u2069')
  })

  it.each([
    'cat\u202es',
    '\u2069cats',
    '\u2067\u2066cats',
    'cats\u2068',
    '\u202acat\u202bs\u202c\u202d',
    '\u061ccats\u200e\u200f',
  ])('lets %j not break out of it, nor turn it around', (text) => {
    expect(isolate(text)).toBe('\u2068cats\u2069')
  })
})

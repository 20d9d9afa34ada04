import { describe, expect, it } from 'vitest'
import { ApiError } from '../api'
import { delayInWords } from './delay'

describe('delayInWords', () => {
  it.each([
    [0, '1 second'],
    [1_000, '1 second'],
    [1_001, '2 seconds'],
    [3_000, '3 seconds'],
    [61_500, '62 seconds'],
  ])('says to who was too fast that it goes on after %i ms', (wait, words) => {
    const error = new ApiError('slow down', 429, 1_000)
    expect(delayInWords({ error, wait })).toBe(
      `You are posting faster than Meower allows. This page tries again by itself in ${words}; your meow is posted once.`,
    )
  })

  it.each([408, 500, 502, 503, 504])('does not say of %i that there was no answer', (status) => {
    const words = delayInWords({ error: new ApiError('down', status), wait: 1_000 })
    expect(words).toMatch(/^Meower cannot take your meow at the moment\. .* tries again by itself;/)
  })

  it('says when there was no answer', () => {
    const words = delayInWords({ error: new ApiError('cannot be reached'), wait: 1_000 })
    expect(words).toMatch(/^Meower does not answer\. .* tries again by itself;/)
  })
})

import { describe, expect, it } from 'vitest'
import { coat } from './coat'

describe('coat', () => {
  it.each([
    ['#cats', '#cats'],
    ['#Fußball', '#FUSSBALL'],
    ['#solidarité', '#Solidarite'],
    ['＃ｗａｖｅ', '#wave'],
    ['#نرم\u200Cافزار', '#نرمافزار'],
  ])('is the same for %s and %s', (one, other) => {
    expect(coat(one)).toEqual(coat(other))
  })

  it('gives different tags different cats', () => {
    const coats = Array.from({ length: 200 }, (_, index) => JSON.stringify(coat(`#tag${index}`)))
    expect(new Set(coats).size).toBe(18)
  })
})

import { describe, expect, it } from 'vitest'
import { coat } from './coat'

describe('coat', () => {
  it('is always the same for the same meow', () => {
    expect(coat('0ujtsYcgvSTl8PAuAdqWYSMnLOv')).toEqual(coat('0ujtsYcgvSTl8PAuAdqWYSMnLOv'))
  })

  it('gives different meows different cats', () => {
    const coats = Array.from({ length: 200 }, (_, index) => JSON.stringify(coat(`id${index}`)))
    expect(new Set(coats).size).toBe(18)
  })
})

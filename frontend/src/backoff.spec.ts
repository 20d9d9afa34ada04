import { describe, expect, it } from 'vitest'
import { backoff } from './backoff'

describe('backoff', () => {
  const longest = (attempt: number) => backoff(attempt, { base: 500, cap: 4_000, random: () => 1 })
  const shortest = (attempt: number) => backoff(attempt, { base: 500, cap: 4_000, random: () => 0 })

  it('doubles with each attempt up to the cap', () => {
    expect([0, 1, 2, 3, 4, 50].map(longest)).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000])
  })

  it('never waits less than half of it, so that a retry is no hot loop', () => {
    expect([0, 1, 2, 3, 4, 50].map(shortest)).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000])
  })

  it('stays finite after days of attempts', () => {
    expect(backoff(10_000, { random: () => 1 })).toBe(30_000)
  })

  it('draws the wait by lot', () => {
    expect(new Set(Array.from({ length: 20 }, () => backoff(3))).size).toBeGreaterThan(10)
  })
})

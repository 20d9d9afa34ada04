import { beforeEach, describe, expect, it } from 'vitest'
import { takeShared } from './shared'

const at = (address: string) => {
  history.replaceState({ entry: 'e' }, '', address)
}

describe('what another app shares', () => {
  beforeEach(() => {
    at('/')
  })

  it.each([
    ['/', null],
    ['/?q=cats', null],
    ['/?text=', ''],
    ['/?text=a%20cat%20', 'a cat'],
    [
      '/?title=Cats&text=a%20cat&url=https%3A%2F%2Fcats.example',
      'Cats\na cat\nhttps://cats.example',
    ],
    [
      '/?text=look%3A%20https%3A%2F%2Fcats.example&url=https%3A%2F%2Fcats.example',
      'look: https://cats.example',
    ],
    ['/?title=Cats&text=Cats', 'Cats'],
    ['/?title=Cats&text=Cats%20sleep', 'Cats sleep'],
    ['/?title=&text=&url=https%3A%2F%2Fcats.example', 'https://cats.example'],
  ])('%s is %j', (address, said) => {
    at(address)
    expect(takeShared()).toBe(said)
  })

  it('is taken once, and leaves the rest of the address and its place in the history', () => {
    at('/?q=dogs&text=a%20cat')
    expect(takeShared()).toBe('a cat')
    expect(location.pathname + location.search).toBe('/?q=dogs')
    expect(history.state).toEqual({ entry: 'e' })
    expect(takeShared()).toBeNull()
  })
})

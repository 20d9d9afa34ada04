import { describe, expect, it, vi } from 'vitest'
import { use } from '../testing/render'
import type { Place } from './place'
import { ROOM, useStoredPlaces } from './useStoredPlaces'

const aPlace = (changes: Partial<Place> = {}): Place => ({
  id: 'a',
  top: 80,
  scroll: 900,
  focused: null,
  ids: ['b', 'a'],
  ...changes,
})

describe('useStoredPlaces', () => {
  it('still knows a place after the page was loaded anew', () => {
    use(useStoredPlaces).keep('1', aPlace())
    expect(use(useStoredPlaces).of('1')).toEqual(aPlace())
    expect(use(useStoredPlaces).of('2')).toBeNull()
  })

  it('forgets the place of an entry that is left at its top', () => {
    const places = use(useStoredPlaces)
    places.keep('1', aPlace())
    places.keep('1', null)
    expect(use(useStoredPlaces).of('1')).toBeNull()
  })

  it('takes 200 KB at most, and forgets first what was left first', () => {
    const places = use(useStoredPlaces)
    const ids = Array.from({ length: 1_000 }, (_, i) => `3MOxrnONyZMOneIBGVxd0f${10_000 + i}`)
    for (const entry of ['1', '2', '3', '4']) {
      places.keep(entry, aPlace({ ids }))
      // Somebody was there once more.
      if (entry === '3') places.keep('1', aPlace({ ids }))
    }
    const bytes = 2 * (sessionStorage.getItem('meower.places') ?? '').length
    expect(bytes).toBeGreaterThan(1.5 * ROOM)
    expect(bytes).toBeLessThanOrEqual(200_000)
    expect(['1', '2', '3', '4'].filter((entry) => use(useStoredPlaces).of(entry))).toEqual(
      ['3', '1', '4'].sort(),
    )
  })

  it.each(['nonsense', '{}', '[["1", {"id": "a"}]]', '[["1", {"ids": [1]}]]', '[1]'])(
    'begins with nothing when %s is stored',
    (text) => {
      sessionStorage.setItem('meower.places', text)
      const places = use(useStoredPlaces)
      expect(places.of('1')).toBeNull()
      places.keep('1', aPlace())
      expect(places.of('1')).toEqual(aPlace())
    },
  )

  it('knows a place until the next load when the browser stores nothing', () => {
    const refused = () => {
      throw new DOMException('refused', 'SecurityError')
    }
    vi.stubGlobal('sessionStorage', { getItem: refused, setItem: refused })
    const places = use(useStoredPlaces)
    places.keep('1', aPlace())
    expect(places.of('1')).toEqual(aPlace())
    vi.unstubAllGlobals()
  })
})

import { describe, expect, it } from 'vitest'
import { render } from '../testing/render'
import ConnectionBadge from './ConnectionBadge.vue'
import type { FeedState } from './Feed'

describe('ConnectionBadge', () => {
  it.each<[FeedState, string]>([
    ['connecting', 'Connecting'],
    ['live', 'Live'],
    ['delayed', 'Delayed'],
    ['reconnecting', 'Reconnecting'],
    ['offline', 'Offline'],
    ['refused', 'Not live'],
  ])('says of %s: %s', (state, words) => {
    const badge = render(ConnectionBadge, { state })
    expect(badge.text()).toContain(words)
    expect(badge.attributes('aria-live')).toBe('polite')
  })
})

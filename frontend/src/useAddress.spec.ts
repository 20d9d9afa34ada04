import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { use } from './testing/render'
import { searchAddress, useAddress } from './useAddress'

describe('searchAddress', () => {
  it.each([
    ['#cats', 'relevance', '/?q=%23cats'],
    ['a b&c=d', 'relevance', '/?q=a+b%26c%3Dd'],
    ['é', 'newest', '/?q=%C3%A9&sort=newest'],
    ['', 'relevance', '/?q='],
  ] as const)('of %s by %s is %s', (query, sort, address) => {
    expect(searchAddress(query, sort)).toBe(address)
  })
})

describe('useAddress', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    history.replaceState(null, '', '/')
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function click(link: HTMLAnchorElement, init: MouseEventInit = {}) {
    document.body.append(link)
    const { followLink } = use(useAddress)
    const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init })
    document.body.addEventListener(
      'click',
      (clicked) => {
        followLink(clicked)
        // The browser itself must not leave the test.
        ours = clicked.defaultPrevented
        clicked.preventDefault()
      },
      { once: true },
    )
    let ours = false
    link.dispatchEvent(event)
    link.remove()
    return ours
  }

  function aLink(href: string): HTMLAnchorElement {
    const link = document.createElement('a')
    link.href = href
    return link
  }

  it('shows the timeline at the root, a search at ?q= and tags at ?tag=', () => {
    const address = use(useAddress)
    expect(address.view.value).toBe('timeline')
    address.go('/?q=')
    expect(address.view.value).toBe('search')
    address.go('/?q=%23cats&sort=newest')
    expect(address.query.value).toBe('#cats')
    expect(address.sort.value).toBe('newest')
    address.go('/?tag=cats+dogs')
    expect(address.view.value).toBe('tag')
    expect(address.tag.value).toBe('cats dogs')
  })

  it('begins with the search of a shared address', () => {
    history.replaceState(null, '', '/?q=caf%C3%A9&sort=nonsense')
    const address = use(useAddress)
    expect(address.query.value).toBe('café')
    expect(address.sort.value).toBe('relevance')
  })

  it('goes back', () => {
    const address = use(useAddress)
    address.go('/?q=cats')
    history.replaceState(null, '', '/')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(address.view.value).toBe('timeline')
  })

  it('writes what is typed a little later, as one step', () => {
    const address = use(useAddress)
    const replaced = vi.spyOn(history, 'replaceState')
    for (const query of ['c', 'ca', 'cat']) address.replace(searchAddress(query))
    expect(address.query.value).toBe('cat')
    expect(replaced).not.toHaveBeenCalled()
    vi.advanceTimersByTime(300)
    expect(replaced).toHaveBeenCalledOnce()
    expect(location.search).toBe('?q=cat')
  })

  it('writes what was typed last before the page goes', () => {
    const address = use(useAddress)
    address.replace('/?q=cat')
    window.dispatchEvent(new Event('pagehide'))
    expect(location.search).toBe('?q=cat')
  })

  it('knows each entry of the history again, whatever is typed in it', () => {
    const address = use(useAddress)
    const first = address.entry.value
    const state: unknown = history.state
    address.go('/?q=')
    expect(address.entry.value).not.toBe(first)
    const second = address.entry.value
    address.replace('/?q=cat')
    vi.advanceTimersByTime(300)
    expect(use(useAddress).entry.value).toBe(second)
    history.replaceState(state, '', '/')
    window.dispatchEvent(new PopStateEvent('popstate'))
    expect(address.entry.value).toBe(first)
  })

  it('writes it before going elsewhere, so that going back finds it', () => {
    const address = use(useAddress)
    address.go('/?q=')
    address.replace('/?q=cat')
    const steps: unknown[] = []
    vi.spyOn(history, 'replaceState').mockImplementation((_, __, to) => steps.push(to))
    vi.spyOn(history, 'pushState').mockImplementation((_, __, to) => steps.push(to))
    address.go('/')
    expect(steps).toEqual(['/?q=cat', '/'])
  })

  it('follows links to itself without loading the page', () => {
    expect(click(aLink('/?q=%23cats'))).toBe(true)
    expect(location.search).toBe('?q=%23cats')
  })

  it.each(['/', '/?q=%23cats'])('adds no step for a link to %s when it is there', (address) => {
    history.replaceState(null, '', address)
    const pushed = vi.spyOn(history, 'pushState')
    expect(click(aLink(address))).toBe(true)
    expect(pushed).not.toHaveBeenCalled()
  })

  it('adds no step for a link to what was just typed', () => {
    const address = use(useAddress)
    address.go('/?q=')
    address.replace('/?q=cat')
    const pushed = vi.spyOn(history, 'pushState')
    address.go('/?q=cat')
    expect(pushed).not.toHaveBeenCalled()
    expect(location.search).toBe('?q=cat')
  })

  it('counts every visit, also to the address that is shown', () => {
    const address = use(useAddress)
    for (const to of ['/', '/?q=cat', '/?q=cat']) address.go(to)
    expect(address.visits.value).toBe(3)
  })

  it.each([
    { ctrlKey: true },
    { metaKey: true },
    { shiftKey: true },
    { altKey: true },
    { button: 1 },
  ])('leaves a click with %j to the browser', (init) => {
    expect(click(aLink('/?q=cats'), init)).toBe(false)
    expect(location.search).toBe('')
  })

  it.each(['https://example.org/?q=cats', '/meows', '/#main', 'mailto:cat@example.org'])(
    'leaves the link to %s to the browser',
    (href) => {
      expect(click(aLink(href))).toBe(false)
    },
  )

  it('leaves links to new windows to the browser', () => {
    const link = aLink('/?q=cats')
    link.target = '_blank'
    expect(click(link)).toBe(false)
  })
})

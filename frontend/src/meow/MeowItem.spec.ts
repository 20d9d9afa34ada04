import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aMeow } from '../testing/meows'
import { render, use } from '../testing/render'
import MeowItem from './MeowItem.vue'
import { servers } from './serverClock'
import MeowRow from './MeowRow.vue'
import { useLives } from './useLives'

const item = (body: string, matches?: readonly { start: number; end: number }[]) =>
  render(MeowItem, { meow: aMeow({ body }), matches }).get('.body')

describe('MeowItem', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-01-02T03:04:05Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('shows a body as text, whatever it looks like', () => {
    const body = '<b>bold</b><script>alert(1)</script><img src=x onerror=alert(1)>'
    const shown = item(body)
    expect(shown.element.textContent).toBe(body)
    expect(shown.element.children).toHaveLength(0)
  })

  it('keeps line breaks', () => {
    expect(item('one\n\ntwo').element.textContent).toBe('one\n\ntwo')
  })

  it.each(['#cats', '#قطط'])('lets a tag have its own direction in any text: %s', (tag) => {
    expect(item(`مرحبا ${tag}`).get('a').attributes('dir')).toBe('auto')
  })

  it('says nothing of the language of a body, and lets it have its direction', () => {
    expect(item('Guten Morgen').attributes()).toMatchObject({ lang: '', dir: 'auto' })
  })

  it('opens links elsewhere without telling from where', () => {
    const link = item('see https://example.org/a.').get('a')
    expect(link.attributes()).toMatchObject({
      href: 'https://example.org/a',
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
    })
  })

  it('shows an address from left to right, whatever it has letters of', () => {
    const address = 'https://example.org/נתיב?א=1'
    const link = item(`זה כאן ${address} ועוד`).get('a')
    expect(link.text()).toBe(address)
    expect(link.attributes('dir')).toBe('ltr')
  })

  it('leads from a tag to its list', () => {
    const link = item('my #cats').get('a')
    expect(link.attributes('href')).toBe('/?tag=cats')
    expect(link.attributes('target')).toBeUndefined()
  })

  it('marks what was searched, also inside of tags', () => {
    const shown = item('🐈 cat #cats', [
      { start: 3, end: 6 },
      { start: 8, end: 11 },
    ])
    expect(shown.findAll('mark').map((mark) => mark.text())).toEqual(['cat', 'cat'])
    expect(shown.get('a mark').text()).toBe('cat')
    expect(shown.element.textContent).toBe('🐈 cat #cats')
  })

  it('says how long ago, and goes on saying it', async () => {
    const time = render(MeowItem, { meow: aMeow() }).get('time')
    expect(time.text()).toBe('just now')
    expect(time.attributes('datetime')).toBe('2026-01-02T03:04:05Z')
    await vi.advanceTimersByTimeAsync(125_000)
    expect(time.text()).toBe('2 minutes ago')
  })

  it('leads from its age to the meow, and describes that with the exact time', () => {
    const shown = render(MeowItem, { meow: aMeow({ id: 'a7' }) })
    const link = shown.get('.foot a')
    expect(link.text()).toBe('just now')
    expect(link.attributes('href')).toBe('/meows/a7')
    const moment = shown.get(`#${link.attributes('aria-describedby') ?? ''}`)
    expect(moment.text()).toMatch(/2026.*:04:05/)
    expect(shown.find('[title]').exists()).toBe(false)
  })

  it('shows the cat of its first tag, and none that could be taken for an author', () => {
    const cat = (body: string) => render(MeowItem, { meow: aMeow({ id: body, body }) }).find('.cat')
    expect(cat('no tag, only https://example.org/#cats').exists()).toBe(false)
    const looks = ['#one and #two', 'later #One', '#one'].map((body) => cat(body).html())
    expect(new Set(looks).size).toBe(1)
    expect(cat('#cats').html()).not.toBe(looks[0])
  })

  it.each([3, -3])('says how old it is by the server, to a clock %i hours off', async (hours) => {
    const now = Date.now()
    const off = hours * 3_600_000
    servers.tell(new Date(now + off).toUTCString(), now, now)
    const at = (age: number) => new Date(now + off - age).toISOString()
    const age = (created_at: string) =>
      render(MeowItem, { meow: aMeow({ created_at }) }).get('time')
    const fresh = age(at(2_000))
    expect(fresh.text()).toBe('just now')
    expect(age(at(125_000)).text()).toBe('2 minutes ago')
    await vi.advanceTimersByTimeAsync(125_000)
    expect(fresh.text()).toBe('2 minutes ago')
    servers.tell(new Date(Date.now()).toUTCString(), Date.now(), Date.now())
  })

  it('has no style of its own that the page’s security policy would refuse', () => {
    expect(render(MeowItem, { meow: aMeow() }).html()).not.toMatch(/style=/)
  })

  it('lets its age stand still while nobody sees it', async () => {
    const page = render(MeowRow, {
      meow: aMeow({ created_at: '2026-01-02T03:04:05Z' }),
      lives: use(useLives),
      corrections: { edit: () => null, offered: () => false },
    })
    const skipped = async (now: boolean) => {
      const event = new Event('contentvisibilityautostatechange')
      page.element.dispatchEvent(Object.assign(event, { skipped: now }))
      await vi.advanceTimersByTimeAsync(60_000)
    }
    await skipped(true)
    expect(page.get('time').text()).toBe('just now')
    await skipped(false)
    expect(page.get('time').text()).toBe('2 minutes ago')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { FakeServer } from '../testing/FakeServer'
import { FakeWebSocket } from '../testing/FakeWebSocket'
import { aMeow, anEdit } from '../testing/meows'
import { theTimeline } from '../testing/thePage'
import { canBeLong } from './lines'

let server: FakeServer

const LINE = 20

let resized: (() => void)[] = []

/** Tells its observers of sizes when a test says so. */
class FakeResizeObserver {
  constructor(callback: () => void) {
    resized.push(callback)
  }

  observe() {
    return undefined
  }

  disconnect() {
    return undefined
  }
}

/** As many lines as are written are laid out, times a factor for how narrow it is. */
let narrow = 1

async function layOut() {
  resized.forEach((tell) => {
    tell()
  })
  await nextTick()
}

const text = (lines: number) => Array.from({ length: lines }, (_, i) => `line ${i}`).join('\n')

async function begin(...bodies: readonly string[]) {
  const page = await theTimeline(() => server, 'z')
  for (const [index, body] of bodies.entries())
    FakeWebSocket.last.meow(aMeow({ id: `m${index}`, body }))
  await vi.advanceTimersByTimeAsync(2_000)
  await layOut()
  const row = (id: string) => page.page.get(`[data-row=${id}]`)
  return {
    ...page,
    folded: (id: string) => row(id).find('.folded').exists(),
    fold: (id: string) => row(id).find('.lines + button'),
    row,
  }
}

describe('a long meow', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    FakeWebSocket.install()
    server = FakeServer.install()
    resized = []
    narrow = 1
    vi.stubGlobal('ResizeObserver', FakeResizeObserver)
    vi.spyOn(window, 'getComputedStyle').mockReturnValue({ lineHeight: `${LINE}px` } as never)
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (
      this: HTMLElement,
    ) {
      return this.textContent.split('\n').length * LINE * narrow
    })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is folded up at ten lines, and shown as a whole and folded up again by a button', async () => {
    const { folded, fold } = await begin(text(11))
    expect(folded('m0')).toBe(true)
    expect(fold('m0').text()).toBe('Show all')
    expect(fold('m0').attributes('aria-expanded')).toBe('false')
    await fold('m0').trigger('click')
    expect(folded('m0')).toBe(false)
    expect(fold('m0').text()).toBe('Show less')
    expect(fold('m0').attributes('aria-expanded')).toBe('true')
    await fold('m0').trigger('click')
    expect(folded('m0')).toBe(true)
  })

  it('has more than ten lines', async () => {
    const { folded, fold } = await begin(text(10))
    expect(folded('m0')).toBe(false)
    expect(fold('m0').exists()).toBe(false)
  })

  it('is one only where it is that long', async () => {
    const { folded, fold } = await begin(text(6))
    expect(fold('m0').exists()).toBe(false)
    narrow = 2
    await layOut()
    expect(folded('m0')).toBe(true)
    expect(fold('m0').exists()).toBe(true)
    narrow = 1
    await layOut()
    expect(folded('m0')).toBe(false)
    expect(fold('m0').exists()).toBe(false)
  })

  it('is one after it was edited', async () => {
    const { fold } = await begin('short')
    FakeWebSocket.last.edit(anEdit('m0', 2, text(12)))
    await vi.advanceTimersByTimeAsync(100)
    expect(fold('m0').exists()).toBe(true)
    FakeWebSocket.last.edit(anEdit('m0', 3, 'short'))
    await vi.advanceTimersByTimeAsync(100)
    expect(fold('m0').exists()).toBe(false)
  })

  it('is remembered while the page is open', async () => {
    const { fold, folded, page, press } = await begin(text(11), text(12))
    await fold('m1').trigger('click')
    await press('/')
    expect(page.find('[data-row=m1]').exists()).toBe(false)
    history.back()
    await vi.advanceTimersByTimeAsync(1_000)
    await layOut()
    expect([folded('m0'), folded('m1')]).toEqual([true, false])
    expect(fold('m1').text()).toBe('Show less')
  })

  it('is shown as a whole when something below has the focus, or is found by the browser', async () => {
    const { folded, row } = await begin(text(11))
    const lines = row('m0').get<HTMLElement>('.lines')
    lines.element.scrollTop = 30
    await lines.trigger('scroll')
    expect(folded('m0')).toBe(false)
    expect(lines.element.scrollTop).toBe(0)
  })

  it('is measured only if it can be one', () => {
    expect([text(11), 'a'.repeat(40)].map(canBeLong)).toEqual([true, true])
    expect(['a meow', 'a'.repeat(36), 'a\nb'].map(canBeLong)).toEqual([false, false, false])
  })
})

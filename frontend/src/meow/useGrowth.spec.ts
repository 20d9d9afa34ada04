import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { use } from '../testing/render'
import { useGrowth } from './useGrowth'

const HEIGHT = 100

let list: HTMLDivElement

function aRow() {
  const row = document.createElement('div')
  row.getBoundingClientRect = () =>
    new DOMRect(0, [...list.children].indexOf(row) * HEIGHT, 300, HEIGHT)
  return row
}

const frame = () => vi.advanceTimersByTimeAsync(20)

/** A list with one row to which so many come at its top. */
async function grown(count: number) {
  const first = aRow()
  list.append(first)
  const { grow, sliding } = use(() => useGrowth(ref(list)))
  grow([first])
  const rows = Array.from({ length: count }, aRow)
  list.prepend(...rows)
  await vi.advanceTimersByTimeAsync(0)
  return { rows, sliding }
}

const visible = (rows: readonly HTMLElement[]) =>
  rows.filter(({ style }) => style.contentVisibility === 'visible').length

describe('a list that grows at its top', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 10))
    vi.stubGlobal('innerHeight', 800)
    list = document.createElement('div')
    document.body.append(list)
  })
  afterEach(() => {
    vi.useRealTimers()
    list.remove()
  })

  it('is drawn first where it was, and then slides', async () => {
    const { sliding } = await grown(2)
    expect(list.style.transform).toBe('translateY(-200px)')
    await frame()
    expect(list.style.transform).toBe('')
    expect(list.style.transition).toContain('transform')
    expect(sliding.value).toBe(true)
    await vi.advanceTimersByTimeAsync(300)
    expect(list.style.transition).toBe('')
    expect(sliding.value).toBe(false)
  })

  it('is there at once where what comes is longer than the window', async () => {
    const { sliding } = await grown(20)
    expect(list.style.transform).toBe('translateY(-2000px)')
    await frame()
    expect(list.style.transform).toBe('')
    expect(list.style.transition).toBe('')
    expect(sliding.value).toBe(false)
  })

  it('is there at once for whoever wants no motion', async () => {
    vi.stubGlobal('matchMedia', (query: string) =>
      Object.assign(new EventTarget(), { matches: query.includes('reduce'), media: query }),
    )
    await grown(2)
    expect(list.style.transform).toBe('translateY(-200px)')
    await frame()
    expect(list.style.transform).toBe('')
    expect(list.style.transition).toBe('')
  })

  it.each([2, 20])('draws what comes until it has come: %d', async (count) => {
    const { rows, sliding } = await grown(count)
    expect(visible(rows)).toBe(count)
    while (sliding.value) {
      expect(visible(rows)).toBe(count)
      await frame()
    }
    await vi.advanceTimersByTimeAsync(100)
    expect(visible(rows)).toBe(0)
  })
})

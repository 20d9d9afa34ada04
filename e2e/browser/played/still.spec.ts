import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  atRest,
  desk,
  phone,
  screenshot,
  violations,
  visitors,
  withoutAnchoring,
} from '../meower.js'
import { holdTime, played as playedFor, row, scrolledTo, top } from './played.js'

const { newContext } = visitors()

const played = (options?: BrowserContextOptions, count?: number) =>
  playedFor(newContext, options, count)

type Played = Awaited<ReturnType<typeof played>>

const PER_SECOND = 20

/** Lets new meows come, as many in a second as a busy feed brings. */
async function busy({ create }: Played, seconds: number, pass: (time: number) => Promise<void>) {
  for (let i = 0; i < seconds * PER_SECOND; i += 1) {
    create(`busy${i}`)
    await pass(1_000 / PER_SECOND)
  }
}

/** New meows that come at once: so many. */
function burst({ create }: Played, count: number) {
  for (let i = 0; i < count; i += 1) create(`burst${i}`)
}

const pill = (page: Page) => page.locator('.fresh button')

const shown = (page: Page) => page.locator('article').count()

const scrollY = (page: Page) => page.evaluate(() => window.scrollY)

/** Which meow is under the middle of another one’s place, and where the selection and the focus are. */
async function seen(page: Page, id: string) {
  return page.evaluate((of) => {
    const box = document.querySelector(`[data-row="${of}"] .body`)?.getBoundingClientRect()
    const under = document.elementFromPoint((box?.left ?? 0) + 5, (box?.top ?? 0) + 5)
    const selection = document.getSelection()
    return {
      top: box?.top,
      under: under?.closest<HTMLElement>('[data-row]')?.dataset.row,
      focus: document.activeElement?.getBoundingClientRect().top,
      selection: selection?.rangeCount ? selection.getRangeAt(0).getBoundingClientRect().top : 0,
    }
  }, id)
}

function expectSame(now: Awaited<ReturnType<typeof seen>>, before: typeof now) {
  expect(now.under).toBe(before.under)
  for (const what of ['top', 'focus', 'selection'] as const) {
    expect(Math.abs((now[what] ?? NaN) - (before[what] ?? NaN))).toBeLessThanOrEqual(1)
  }
}

const attentions: Record<string, (page: Page, id: string) => Promise<void>> = {
  focus: (page, id) => row(page, id).getByRole('link').first().focus(),
  selection: (page, id) =>
    row(page, id)
      .locator('.body')
      .evaluate((body) => document.getSelection()?.selectAllChildren(body)),
  pointer: (page, id) => row(page, id).locator('.body').hover(),
}

describe.each([
  { name: 'a desk', options: desk },
  { name: 'a phone', options: phone },
])('while meows come, on $name,', ({ options }) => {
  it.each(
    Object.keys(attentions).flatMap((attention) =>
      [true, false].map((anchoring) => ({ attention, anchoring })),
    ),
  )('what has the $attention stays (anchoring: $anchoring)', async ({ attention, anchoring }) => {
    const feed = await played(options)
    const { page } = feed
    if (!anchoring) await withoutAnchoring(page)
    // A pointer that rests is taken for somebody's for a while only.
    await holdTime(page)
    await attentions[attention]?.(page, 'm48')
    const before = await seen(page, 'm48')

    await busy(feed, 2, (time) => page.clock.runFor(time))

    await pill(page).waitFor()
    expectSame(await seen(page, 'm48'), before)
    expect(await scrollY(page)).toBe(0)
  })

  it.each([true, false])('what is read stays when they are shown (anchoring: %s)', async (by) => {
    const feed = await played(options)
    const { page } = feed
    if (!by) await withoutAnchoring(page)
    await scrolledTo(page, 'm40', 200)
    await row(page, 'm40').getByRole('link').first().focus()
    burst(feed, 20)
    await page.getByRole('button', { name: 'Show 20 new meows' }).waitFor()
    const before = await top(page, 'm40')

    await page.keyboard.press('n')

    await expect.poll(() => shown(page)).toBe(70)
    // Until what came into being above has its heights.
    await atRest(page)
    expect(Math.abs((await top(page, 'm40')) - before)).toBeLessThanOrEqual(1)
    expect(await pill(page).innerText()).toBe('Go to the newest')
  })

  it('the top is a second press away, and the way back is offered', async () => {
    const feed = await played(options)
    const { page } = feed
    await scrolledTo(page, 'm30', 200)
    burst(feed, 20)
    await page.getByRole('button', { name: 'Show 20 new meows' }).waitFor()
    const before = await top(page, 'm30')
    await pill(page).click()
    await page.getByRole('button', { name: 'Go to the newest' }).click()
    await expect.poll(() => scrollY(page)).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('timeline-heading')

    await page.getByRole('button', { name: 'Back to where I was' }).click()

    await expect
      .poll(async () => Math.abs((await top(page, 'm30')) - before))
      .toBeLessThanOrEqual(1)
  })
})

describe('at the top, with nobody at the list,', () => {
  /** Watches what moves in the page, and how much of the time it works. */
  async function watched(page: Page) {
    await page.evaluate(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as unknown as { value: number }).value)
      }).observe({ type: 'layout-shift' })
    })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const work = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
    }
    const before = await work()
    const from = Date.now()
    return {
      share: async () => ((await work()) - before) / ((Date.now() - from) / 1_000),
      shifted: async () => {
        const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
        return shifts.reduce((sum, value) => sum + value, 0)
      },
    }
  }

  // All at once: what is seen is what the browser draws in that time, which nobody can shorten.
  it('twenty meows in a second shift no layout, on a desk and on a phone', async () => {
    await Promise.all(
      Object.entries({ desk, phone }).map(async ([name, options]) => {
        const feed = await played(options)
        const { page } = feed
        const { share, shifted } = await watched(page)

        await busy(feed, 20, (time) => page.waitForTimeout(time))

        const busyness = (100 * (await share())).toFixed(1)
        console.log(`main thread at ${PER_SECOND} meows/s on a ${name}: ${busyness} %`)
        await expect.poll(() => shown(page)).toBeGreaterThan(200)
        expect(await shifted()).toBeLessThanOrEqual(0.05)
      }),
    )
  })

  it('brings what is posted once the pointer rests', async () => {
    const { page, create } = await played()
    await holdTime(page)
    await row(page, 'm50').locator('.body').hover()
    const before = await top(page, 'm50')
    create('new')
    await pill(page).waitFor()
    await page.clock.runFor(2_900)
    expect(await row(page, 'new').count()).toBe(0)
    expect(await top(page, 'm50')).toBe(before)
    await page.clock.runFor(100)
    await row(page, 'new').waitFor()
  })
})

describe.each([
  { name: 'desk', options: desk },
  { name: 'phone', options: phone },
  { name: 'zoomed', options: { viewport: { width: 320, height: 256 } } },
])('the pace on a $name', ({ name, options }) => {
  it.each(['light', 'dark'] as const)('breaks no rule of axe in %s', async (colorScheme) => {
    const feed = await played({ ...options, colorScheme })
    const { page, create } = feed
    await page.getByRole('button', { name: 'Pause' }).click()
    create('new')
    await pill(page).waitFor()
    await page.getByRole('button', { name: 'How new meows come' }).click()
    await screenshot(page, `pace-${name}-${colorScheme}`)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Which keys' }).click()
    await page.locator('dialog dl').first().waitFor()
    await screenshot(page, `keys-${name}-${colorScheme}`)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await pill(page).click()
    await page.locator('.since').waitFor()
    await screenshot(page, `since-${name}-${colorScheme}`)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      options.viewport.width,
    )
  })

  it('every meow is reached with J and covered by nothing', async () => {
    const { page } = await played(options)
    for (let i = 0; i < 15; i += 1) {
      await page.keyboard.press('j')
      const hidden = await page.evaluate(() => {
        const box = document.activeElement?.getBoundingClientRect()
        const sticks = (bar: Element) => /fixed|sticky/.test(getComputedStyle(bar).position)
        const bars = [...document.querySelectorAll('header, nav')].filter(sticks)
        const covers = bars.filter((bar) => {
          const { top: above, bottom } = bar.getBoundingClientRect()
          return box !== undefined && box.bottom > above && box.top < bottom
        })
        return covers.map((bar) => bar.tagName)
      })
      expect(hidden).toEqual([])
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE')
    }
    const at = await page.evaluate(() => document.activeElement?.getAttribute('aria-posinset'))
    expect(Number(at)).toBeGreaterThanOrEqual(15)
  })
})

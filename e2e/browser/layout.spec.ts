import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  atRest,
  bodies,
  desk,
  meow,
  phone,
  post,
  violations,
  visitors,
  withoutAnchoring,
} from './meower.js'

const { visitor } = visitors()

const STOPS = 60

beforeAll(async () => {
  for (let i = 1; i <= 60; i += 1) {
    await post(`a longer way down ${i} https://example.org/way/${i} #layout`)
  }
})

async function scrolledDown(page: Page) {
  await meow(page, 'a longer way down').first().waitFor()
  await page.mouse.wheel(0, 900)
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(500)
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

const scrollY = (page: Page) => page.evaluate(() => Math.round(window.scrollY))

/** What has the focus, unless some of it or of its ring is out of the window or under something. */
async function focusSeen(page: Page) {
  return page.evaluate(() => {
    const RING = 5
    const LINE = 36
    const element = document.activeElement
    if (element === null || element === document.body) return { name: '', covered: '' }
    const above = getComputedStyle(element).position === 'fixed'
    const name = `${element.tagName} ${element.textContent.trim().slice(0, 40)}`
    for (const box of element.getClientRects()) {
      // A browser shows where one writes, which is the first line of a field that is empty.
      if (element.matches('textarea')) box.height = LINE
      if (box.top < 0 || box.bottom > window.innerHeight) return { name, covered: 'by the window' }
      const y = (box.top + box.bottom) / 2
      for (const x of [box.left + 3, (box.left + box.right) / 2, box.right - 3]) {
        const seen = document.elementFromPoint(x, y)
        if (seen === null || !element.contains(seen)) {
          return { name, covered: `by ${seen?.outerHTML.slice(0, 80) ?? 'nothing'}` }
        }
      }
      for (const bar of document.querySelectorAll('header, nav, .fresh .button')) {
        const { position } = getComputedStyle(bar.matches('.button') ? bar.parentElement! : bar)
        if (above || bar.contains(element) || !/fixed|sticky/.test(position)) continue
        const { top, bottom, left, right } = bar.getBoundingClientRect()
        const apart =
          box.bottom + RING <= top ||
          box.top - RING >= bottom ||
          box.right <= left ||
          box.left >= right
        if (!apart) return { name, covered: `by ${bar.tagName}` }
      }
    }
    return { name, covered: '' }
  })
}

/** Likewise, once what has just come near has its height. */
async function focusAtRest(page: Page) {
  const seen = await focusSeen(page)
  if (seen.covered === '') return seen
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve))
      }),
  )
  return focusSeen(page)
}

/** Goes from stop to stop and returns those of which something is covered. */
async function covered(page: Page, key: 'Tab' | 'Shift+Tab') {
  const found: string[] = []
  let stops = 0
  for (; stops < STOPS; stops += 1) {
    await page.keyboard.press(key)
    const { name, covered } = await focusAtRest(page)
    if (name === '') break
    if (covered !== '') found.push(`${name} is covered ${covered}`)
  }
  expect(stops).toBeGreaterThan(5)
  return found
}

const windows = [
  { name: 'a phone', options: phone },
  { name: 'a phone on its side', options: { ...phone, viewport: { width: 844, height: 390 } } },
  { name: 'a desk', options: desk },
  { name: 'a desk at 400 %', options: { viewport: { width: 320, height: 256 } } },
  { name: 'a wide, low window', options: { viewport: { width: 1280, height: 300 } } },
]

describe.each(windows)('with the keyboard on $name', ({ options }) => {
  it.each(['/', '/?q=longer'])('nothing covers what has the focus at %s', async (path) => {
    const page = await visitor(options, path)
    await meow(page, 'longer').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      options.viewport.width,
    )

    expect(await covered(page, 'Tab')).toEqual([])
    expect(await covered(page, 'Shift+Tab')).toEqual([])
  })

  it('the button for new meows covers nothing that has the focus', async () => {
    const page = await visitor(options)
    await scrolledDown(page)
    await post('waits behind the button')
    await page.getByRole('button', { name: /^Show / }).waitFor()
    await meow(page, 'longer').nth(30).getByRole('link').first().focus()
    await atRest(page)

    expect(await covered(page, 'Shift+Tab')).toEqual([])
  })
})

describe.each([
  { name: 'a phone', options: phone },
  { name: 'a desk', options: desk },
])('the bars of $name', ({ options }) => {
  it('move nothing when the focus comes to them', async () => {
    const page = await visitor(options)
    await scrolledDown(page)
    const before = await scrollY(page)
    for (const name of ['meower', 'Timeline', 'Search']) {
      await page.getByRole('link', { name, exact: true }).focus()
      expect(await scrollY(page)).toBe(before)
    }
  })
})

describe('a link to where one is', () => {
  it.each(['Timeline', 'meower'])('leads to the top and adds no step: %s', async (name) => {
    const page = await visitor()
    await scrolledDown(page)
    const steps = await page.evaluate(() => history.length)

    await page.getByRole('link', { name, exact: true }).click()

    await expect.poll(() => scrollY(page)).toBe(0)
    expect(await focused(page)).toBe('timeline-heading')
    expect(await page.evaluate(() => history.length)).toBe(steps)
  })
})

describe.each([
  { path: '/', field: 'Skip to writing', fieldId: 'composer-text', list: 'timeline-heading' },
  {
    path: '/?q=longer',
    field: 'Skip to the search',
    fieldId: 'search-text',
    list: 'search-heading',
  },
])('the skip links at $path', ({ path, field, fieldId, list }) => {
  it('lead a phone’s keyboard to the meows and to the field', async () => {
    const page = await visitor(phone, path)
    await meow(page, 'longer').first().waitFor()

    await page.keyboard.press('Tab')
    expect(await focusSeen(page)).toMatchObject({ name: 'A Skip to the meows', covered: '' })
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe(list)
    const top = (await page.locator('article').first().boundingBox())?.y ?? 0
    expect(top).toBeGreaterThan(64)
    expect(top).toBeLessThan(160)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('article') !== null)).toBe(
      true,
    )

    // After a reload the focus would be where it was.
    const other = await visitor(phone, path)
    await meow(other, 'longer').first().waitFor()
    await other.keyboard.press('Tab')
    await other.keyboard.press('Tab')
    expect(await focusSeen(other)).toMatchObject({ name: `A ${field}`, covered: '' })
    await other.keyboard.press('Enter')
    expect(await focused(other)).toBe(fieldId)
  })
})

describe('the button for new meows', () => {
  it.each([
    { name: 'phone', options: phone },
    { name: 'desk', options: desk },
  ])('moves nothing that is read on a $name', async ({ options }) => {
    const page = await visitor(options)
    await withoutAnchoring(page)
    await scrolledDown(page)
    const read = page.locator('article').nth(15)
    const before = await read.boundingBox()

    await post('comes while somebody reads')

    const button = page.getByRole('button', { name: /^Show / })
    await button.waitFor()
    const after = await read.boundingBox()
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1)
    // The header’s edge is not drawn over it, so that it can be pressed everywhere.
    const header = await page.locator('header').boundingBox()
    expect((await button.boundingBox())?.y).toBeGreaterThan((header?.height ?? 0) + 16)
  })
})

describe('a long list', () => {
  const drawn = (article: Locator) =>
    article.evaluate((e) => e.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }))

  it.each(['/', '/?q=longer'])('costs only what is seen of it at %s', async (path) => {
    const page = await visitor(desk, path)
    await page.locator('article').nth(40).waitFor({ state: 'attached' })
    expect(await drawn(page.locator('article').first())).toBe(true)
    expect(await drawn(page.locator('article').nth(40))).toBe(false)

    await page.locator('article').nth(40).scrollIntoViewIfNeeded()
    await expect.poll(() => drawn(page.locator('article').nth(40))).toBe(true)
  })

  it('clips neither shadows nor the rings of what has the focus', async () => {
    const page = await visitor(phone)
    await meow(page, 'longer').first().waitFor()
    const room = await page
      .locator('[data-row]')
      .first()
      .evaluate((item) => {
        const bubble = item.querySelector('.bubble')?.getBoundingClientRect()
        const { top, right, bottom, left } = item.getBoundingClientRect()
        if (bubble === undefined) return 0
        return Math.min(
          bubble.top - top,
          right - bubble.right,
          bottom - bubble.bottom,
          bubble.left - left,
        )
      })
    expect(room).toBeGreaterThanOrEqual(5)
  })

  it('goes on with more results while somebody scrolls', async () => {
    const page = await visitor(desk, '/?q=longer&sort=newest')
    await meow(page, 'longer').first().waitFor()
    const total = Number.parseInt(
      (await page.getByText(/ found$/).innerText()).replace(',', ''),
      10,
    )
    expect(total).toBeGreaterThanOrEqual(60)

    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 5000)
          return (await bodies(page)).length
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThanOrEqual(Math.min(total, 100))
  })

  it.each([
    { name: 'a phone', options: phone, anchoring: true },
    { name: 'a desk', options: desk, anchoring: true },
    { name: 'a desk without scroll anchoring', options: desk, anchoring: false },
  ])('is found again where it was left on $name', async ({ options, anchoring }) => {
    const page = await visitor(options)
    if (!anchoring) await withoutAnchoring(page)
    const read = page.locator('article').nth(40)
    await read.waitFor({ state: 'attached' })
    const id = await read.getAttribute('data-id')
    // What comes near to the window gets its true height, and moves what is below it.
    const center = () =>
      read.evaluate((e) => {
        const before = e.getBoundingClientRect().top
        e.scrollIntoView({ block: 'center' })
        return before - e.getBoundingClientRect().top
      })
    await expect.poll(center).not.toBe(0)
    await expect.poll(center).toBe(0)
    const before = await read.boundingBox()

    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await page.getByText('What are you looking for?').waitFor()
    await page.goBack()

    const again = page.locator(`[data-id="${id}"]`)
    await expect
      .poll(async () => Math.abs(((await again.boundingBox())?.y ?? 0) - (before?.y ?? 0)), {
        timeout: 5_000,
      })
      // Forty remembered heights above it, each of which is rounded.
      .toBeLessThanOrEqual(3)
  })
})

describe('with the reader’s own colours', () => {
  const forced = { ...desk, forcedColors: 'active' } as const

  /** How an element is told apart where no colour of the page does it. */
  async function lines(element: Locator) {
    return element.evaluate((e) => {
      const style = getComputedStyle(e)
      const sides = ['Top', 'Right', 'Bottom', 'Left'] as const
      const borders = sides.map((s) => `${style[`border${s}Style`]} ${style[`border${s}Width`]}`)
      return [...borders, style.textDecorationLine, style.textDecorationThickness].join(', ')
    })
  }

  it.each([
    { name: 'desk', options: forced },
    { name: 'phone', options: { ...phone, forcedColors: 'active' } as const },
  ])('the view that is shown can be told on a $name', async ({ options }) => {
    const page = await visitor(options)
    const view = (name: string) => lines(page.getByRole('link', { name, exact: true }))
    expect(await view('Timeline')).not.toBe(await view('Search'))
    expect(await violations(page)).toEqual([])
  })

  it('the chosen order and what was found can be told', async () => {
    const page = await visitor(forced, '/?q=longer')
    await page.locator('mark').first().waitFor()
    const order = (name: string) => lines(page.getByText(name, { exact: true }))
    expect(await order('Best match')).not.toBe(await order('Newest'))
    expect(await lines(page.locator('mark').first())).not.toBe(
      await lines(page.locator('.body').first()),
    )
    expect(await violations(page)).toEqual([])
  })

  it('a text that cannot be posted can be told', async () => {
    const page = await visitor(forced)
    const field = page.getByLabel('What’s the meow?')
    const fine = await lines(field)
    await field.fill('a'.repeat(141))
    await expect.poll(() => lines(field)).not.toBe(fine)
  })
})

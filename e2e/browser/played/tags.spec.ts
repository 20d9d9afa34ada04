import type { BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  atRest,
  badge,
  desk,
  phone,
  screenshot,
  settled,
  url,
  violations,
  visitors,
  withoutAnchoring,
} from '../meower.js'
import { row, scrolledTo, shown, top } from './played.js'

const { newContext } = visitors()

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 0, second)).toISOString()

const tagged = (tag: string, number: number) => ({
  id: `${tag}${number}`,
  body: `${tag} ${number}, which is about #${tag} https://example.org/way/${number}`,
  created_at: at(number),
})

/** So many of each tag the servers know. */
const COUNT = 80

/** Servers that know some meows of each tag, and what they are asked for; and somebody who follows some. */
async function played(
  path: string,
  options: BrowserContextOptions = desk,
  followed: readonly string[] = [],
) {
  const context = await newContext(options)
  await context.addInitScript((tags) => {
    if (tags.length > 0) localStorage['meower.tags'] ??= JSON.stringify({ tags, columns: false })
  }, followed)
  const open = new Set<WebSocketRoute>()
  const feeds: string[] = []
  let position = 1
  await context.routeWebSocket(/\/pusher/, (socket) => {
    const { searchParams } = new URL(socket.url())
    feeds.push(searchParams.getAll('topic').sort().join(' '))
    open.add(socket)
    socket.onClose(() => open.delete(socket))
    const after = searchParams.get('after') ?? `e-${position}`
    socket.send(JSON.stringify({ kind: 2, position: after, resumed: true }))
  })
  const newest = (tag: string) => [...Array(COUNT).keys()].map((i) => tagged(tag, COUNT - i))
  const headers = () => ({ 'Meower-Position': `e-${position}` })
  await context.route(/\/search/, (route) => {
    const { searchParams } = new URL(route.request().url())
    const tag = searchParams.get('query')?.trim().slice(1) ?? ''
    const skip = Number(searchParams.get('skip') ?? 0)
    const json = newest(tag).slice(skip, skip + 50)
    return route.fulfill({
      headers: { ...headers(), 'Meower-Total': `${COUNT}` },
      json,
    })
  })
  await context.route(/\/meows/, (route) => {
    const { searchParams } = new URL(route.request().url())
    const ids = searchParams.get('ids')?.split(',')
    const known = (ids ?? []).map((id) => tagged(id.replace(/\d+$/, ''), Number(/\d+$/.exec(id))))
    const json = ids === undefined ? newest('cats').slice(0, 50) : known
    return route.fulfill({
      headers: headers(),
      json: searchParams.has('before') ? [] : json,
    })
  })
  const page = await context.newPage()
  await page.goto(url + path)
  await shown(page, `cats${COUNT}`)
  return {
    page,
    feeds,
    connections: () => open.size,
    /** A meow that was posted without the tag gets it by an edit. */
    gets: (tag: string, number: number) => {
      position += 1
      const meow = { ...tagged(tag, number), id: `late${number}`, revision: 2, edited_at: at(99) }
      const frame = { kind: 4, ...meow, position: `e-${position}` }
      for (const socket of open) socket.send(JSON.stringify(frame))
    },
    say: (tag: string, number: number) => {
      position += 1
      const frame = {
        kind: 1,
        ...tagged(tag, number),
        position: `e-${position}`,
      }
      for (const socket of open) socket.send(JSON.stringify(frame))
    },
  }
}

const tab = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true })

async function follow(page: Page, ...tags: readonly string[]) {
  for (const tag of tags) {
    await page.goto(`${url}/?tag=${tag}`)
    await page.getByRole('button', { name: `Follow #${tag}` }).click()
    await tab(page, `#${tag}`).waitFor()
  }
}

/** Returns when it is stored how far the window is scrolled, and each column. */
async function kept(page: Page) {
  await page.waitForFunction(() => {
    const stored = (sessionStorage['meower.places'] as string | undefined) ?? '[]'
    const places = JSON.parse(stored) as [string, { scroll: number }][]
    return [document.documentElement, ...document.querySelectorAll('[data-column]')]
      .filter(({ scrollTop }) => scrollTop > 0)
      .every(({ scrollTop }) => places.some(([, { scroll }]) => Math.abs(scroll - scrollTop) < 1))
  })
}

/** Returns when these are there, and the page no longer looks for the place where somebody read. */
async function found(page: Page, ...ids: readonly string[]) {
  for (const id of ids) await row(page, id).waitFor()
  await expect.poll(() => page.locator('.whole').count()).toBe(0)
  await atRest(page)
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

describe('a tag', () => {
  it('is where a tag in a meow leads: live, newest first, each meow once', async () => {
    const { page, feeds, connections, say } = await played('/')
    await row(page, 'cats80').getByRole('link', { name: '#cats' }).click()
    await page.getByRole('heading', { name: '#cats' }).waitFor()
    await badge(page, 'Live')
    say('cats', 81)
    await row(page, 'cats81').waitFor()
    expect(await row(page, 'cats81').count()).toBe(1)
    expect(await page.locator('article').first().getAttribute('data-id')).toBe('cats81')
    expect(feeds).toEqual(['', '#cats'])
    await expect.poll(connections).toBe(1)
    await tab(page, 'Timeline').click()
    await row(page, 'cats80').waitFor()
    await badge(page, 'Live')
    await expect.poll(connections).toBe(1)
  })

  it.each([
    ['desk', desk],
    ['phone', phone],
    ['dark', { ...desk, colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 320, height: 640 } }],
    ['forced', { ...desk, forcedColors: 'active' }],
  ] as const)('can be read by everybody: %s', async (name, options) => {
    const { page } = await played('/?tag=cats', options)
    await follow(page, 'cats', 'dogs')
    await row(page, 'dogs80').waitFor()
    await screenshot(page, `tag-${name}`)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })

  it.each([true, false])('holds still while it is read, anchored: %j', async (anchoring) => {
    const { page, say } = await played('/?tag=cats')
    if (!anchoring) await withoutAnchoring(page)
    await scrolledTo(page, 'cats60', 300)
    const before = await top(page, 'cats60')
    say('cats', 81)
    await page.getByRole('button', { name: 'Show 1 new meow' }).click()
    await page.getByRole('button', { name: 'Go to the newest' }).waitFor()
    expect(Math.abs((await top(page, 'cats60')) - before)).toBeLessThanOrEqual(1)
    await page.keyboard.press('g')
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
    await row(page, 'cats81').waitFor()
  })

  it('does not move what is read when a meow above it gets the tag', async () => {
    const { page, gets } = await played('/?tag=cats')
    await withoutAnchoring(page)
    await scrolledTo(page, 'cats60', 300)
    const before = await top(page, 'cats60')
    gets('cats', 70)
    await row(page, 'late70').waitFor()
    expect(Math.abs((await top(page, 'cats60')) - before)).toBeLessThanOrEqual(1)
  })

  it('is read on where it was left, after a reload', async () => {
    const { page } = await played('/?tag=cats')
    await scrolledTo(page, 'cats40', 300)
    await scrolledTo(page, 'cats20', 300)
    await kept(page)
    const before = await top(page, 'cats20')
    await page.reload()
    await found(page, 'cats20')
    expect(Math.abs((await top(page, 'cats20')) - before)).toBeLessThanOrEqual(2)
  })

  it('begins a text, and nobody has to keep it', async () => {
    const { page } = await played('/?tag=cats')
    const field = page.getByLabel('What’s the meow?')
    expect(await field.inputValue()).toBe('#cats ')
    await field.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('are here')
    expect(await field.inputValue()).toBe('#cats are here')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    expect(await field.inputValue()).toBe('')
    await page.reload()
    expect(await field.inputValue()).toBe('#cats ')
  })

  it.each(['/?tag=!!', '/?tag=', '/?tag=cats+2024'])('may be senseless: %s', async (path) => {
    const context = await newContext(desk)
    const page = await context.newPage()
    await page.goto(url + path)
    await page.getByText(/is no tag|No tag is named/).waitFor()
    await screenshot(page, `tag-senseless-${path.length}`)
    expect(await violations(page)).toEqual([])
  })
})

describe('followed tags', () => {
  const many = ['cats', 'dogs', 'birds', 'hamsters', 'goldfish', 'tortoises']

  it.each([
    ['phone', phone],
    ['desk', desk],
  ])('are tabs, of which one sees where one is: %s', async (name, options) => {
    const { page } = await played('/?tag=cats', options)
    await follow(page, ...many)
    await expect
      .poll(async () => {
        const box = await tab(page, '#tortoises').boundingBox()
        const tabs = await page.locator('.tabs').boundingBox()
        return (box?.x ?? NaN) + (box?.width ?? NaN) <= (tabs?.x ?? NaN) + (tabs?.width ?? NaN) + 1
      })
      .toBe(true)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await screenshot(page, `tabs-${name}`)
    await tab(page, 'Timeline').click()
    await expect
      .poll(async () => (await tab(page, 'Timeline').boundingBox())?.x)
      .toBeGreaterThanOrEqual(0)
    expect(await violations(page)).toEqual([])
  })

  it.each([
    [1280, 2],
    [1920, 4],
  ])('stand side by side at %d px: %d columns over one connection', async (width, count) => {
    const { page, connections, say } = await played('/?tag=cats', {
      viewport: { width, height: 800 },
    })
    await follow(page, ...many)
    await page.getByRole('switch', { name: 'Columns' }).check()
    await expect.poll(() => page.getByRole('feed').count()).toBe(count)
    await badge(page, 'Live')
    await atRest(page)
    const boxes = await page
      .getByRole('feed')
      .evaluateAll((feeds) => feeds.map((feed) => feed.getBoundingClientRect().toJSON() as DOMRect))
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(count)
    expect(new Set(boxes.map(({ top: y }) => Math.round(y))).size).toBe(1)
    for (const { width: wide } of boxes) expect(wide).toBeGreaterThan(280)

    say('cats', 81)
    await row(page, 'cats81').waitFor()
    await expect.poll(connections).toBe(1)
    await page.mouse.move(0, 0)
    expect(await row(page, 'cats81').count()).toBe(1)
    await page.getByRole('heading', { level: 2, name: '#cats' }).waitFor()
    await screenshot(page, `columns-${width}`)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)

    await page.setViewportSize({ width: 390, height: 800 })
    await expect.poll(() => page.getByRole('feed').count()).toBe(1)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })
})

describe('columns', () => {
  async function theColumns(
    options: BrowserContextOptions = { viewport: { width: 1500, height: 800 } },
  ) {
    const all = await played('/?tag=cats', options, ['birds', 'dogs', 'cats'])
    const { page } = all
    await page.getByRole('switch', { name: 'Columns' }).check()
    await expect.poll(() => page.getByRole('feed').count()).toBe(3)
    await badge(page, 'Live')
    for (const tag of ['cats', 'birds', 'dogs']) await row(page, `${tag}80`).waitFor()
    await atRest(page)
    return all
  }

  const column = (page: Page, tag: string) =>
    page.locator('section.list', { has: page.locator(`[data-row="${tag}80"]`) })

  const windowY = (page: Page) => page.evaluate(() => window.scrollY)

  /** Scrolls a column with the wheel, then on until a meow begins so far below the window’s top. */
  async function wheelTo(page: Page, id: string, y: number) {
    const list = page.locator('[data-column]', { has: row(page, id) })
    const box = await list.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100)
    const away = (await top(page, id)) - y
    const scrolled = await list.evaluateHandle((column) => ({
      end: new Promise((resolve) => {
        column.addEventListener('scrollend', resolve, { once: true })
      }),
    }))
    await page.mouse.wheel(0, Math.round(away))
    await scrolled.evaluate(({ end }) => end.then(() => undefined))
    await page.mouse.move(0, 0)
    await scrolledTo(page, id, y)
  }

  it.each([
    ['desk', { viewport: { width: 1500, height: 800 } }],
    ['dark', { viewport: { width: 1500, height: 800 }, colorScheme: 'dark' }],
    ['forced', { viewport: { width: 1500, height: 800 }, forcedColors: 'active' }],
    ['low', { viewport: { width: 1500, height: 400 } }],
  ] as const)('scroll by themselves, and the page does not: %s', async (name, options) => {
    const { page } = await theColumns(options)
    const before = await top(page, 'birds80')
    await wheelTo(page, 'cats60', 300)
    expect(await windowY(page)).toBe(0)
    expect(await top(page, 'birds80')).toBe(before)
    await screenshot(page, `columns-scrolled-${name}`)
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })

  it('let the page be scrolled from within them where a window is too low for it', async () => {
    const { page } = await theColumns({ viewport: { width: 1500, height: 400 } })
    await page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight)
    })
    await expect.poll(() => windowY(page)).toBeGreaterThan(0)
    const box = await page.locator('[data-column]').first().boundingBox()
    await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100)
    await page.mouse.wheel(0, -500)
    await expect.poll(() => windowY(page)).toBe(0)
  })

  it.each([true, false])('hold still each for itself, anchored: %j', async (anchoring) => {
    const { page, say } = await theColumns()
    if (!anchoring) {
      await page.locator('[data-column]').evaluateAll((columns) => {
        for (const one of columns as HTMLElement[]) one.style.overflowAnchor = 'none'
      })
    }
    await wheelTo(page, 'cats60', 300)
    const before = await top(page, 'cats60')
    say('birds', 81)
    await row(page, 'birds81').waitFor()
    say('cats', 81)
    const pill = page.getByRole('button', { name: 'Show 1 new meow' })
    await pill.waitFor()
    expect(await pill.count()).toBe(1)
    await screenshot(page, 'columns-pill')
    expect(
      await column(page, 'cats').getByRole('button', { name: 'Show 1 new meow' }).count(),
    ).toBe(1)
    await pill.click()
    await page.getByRole('button', { name: 'Go to the newest' }).waitFor()
    expect(Math.abs((await top(page, 'cats60')) - before)).toBeLessThanOrEqual(1)
    // It has slid in.
    await expect.poll(() => page.locator('.sliding').count()).toBe(0)
    await settled(page)
    const birds = await top(page, 'birds81')
    await page.getByRole('button', { name: 'Go to the newest' }).click()
    await page.getByRole('button', { name: 'Back to where I was' }).click()
    await expect
      .poll(async () => Math.abs((await top(page, 'cats60')) - before))
      .toBeLessThanOrEqual(1)
    expect(await top(page, 'birds81')).toBe(birds)
  })

  it('load what is older, each for itself', async () => {
    const { page } = await theColumns()
    await wheelTo(page, 'dogs40', 300)
    await expect.poll(() => row(page, 'dogs10').count()).toBe(1)
    expect(await row(page, 'birds10').count()).toBe(0)
  })

  it('are read on where each was left, after a reload and after another document', async () => {
    const { page } = await theColumns()
    await wheelTo(page, 'cats60', 300)
    await wheelTo(page, 'dogs40', 300)
    await wheelTo(page, 'dogs20', 250)
    await kept(page)
    const places = async () =>
      Promise.all(['cats60', 'dogs20', 'birds80'].map((id) => top(page, id)))
    const before = await places()
    const away = async () =>
      Math.max(...(await places()).map((now, index) => Math.abs(now - (before[index] ?? NaN))))
    const again = () => found(page, 'cats60', 'dogs20', 'birds80')
    await page.reload()
    await again()
    expect(await away()).toBeLessThanOrEqual(2)

    await page.goto('about:blank')
    await page.goBack()
    await again()
    expect(await away()).toBeLessThanOrEqual(2)

    await tab(page, 'Search').click()
    await page.getByLabel('Search meows').waitFor()
    await page.goBack()
    await again()
    expect(await away()).toBeLessThanOrEqual(2)
  })

  it('can be walked through by keyboard, and nothing that has the focus is covered', async () => {
    const { page } = await theColumns()
    await row(page, 'birds80').locator('article').focus()
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('j')
    await atRest(page)
    const focused = page.locator('article:focus')
    expect(await focused.getAttribute('data-id')).toBe('birds68')
    const box = await focused.boundingBox()
    const frame = await page.locator('[data-column]', { has: focused }).boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(frame?.y ?? NaN)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800)
    expect(await windowY(page)).toBe(0)
    await page.keyboard.press('g')
    await expect.poll(() => top(page, 'birds80')).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('#birds')
  })
})

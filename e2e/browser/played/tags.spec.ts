import type { BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  badge,
  desk,
  phone,
  screenshot,
  url,
  violations,
  visitors,
  withoutAnchoring,
} from '../meower.js'
import { row, scrolledTo, top } from './played.js'

const { newContext } = visitors()

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 0, second)).toISOString()

const tagged = (tag: string, number: number) => ({
  id: `${tag}${number}`,
  body: `${tag} ${number}, which is about #${tag} https://example.org/way/${number}`,
  created_at: at(number),
})

/** Servers that know some meows of each tag, and what they are asked for. */
async function played(path: string, options: BrowserContextOptions = desk, count = 80) {
  const context = await newContext(options)
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
  const newest = (tag: string) => [...Array(count).keys()].map((i) => tagged(tag, count - i))
  const headers = () => ({ 'Meower-Position': `e-${position}` })
  await context.route(/\/search/, (route) => {
    const { searchParams } = new URL(route.request().url())
    const tag = searchParams.get('query')?.trim().slice(1) ?? ''
    const skip = Number(searchParams.get('skip') ?? 0)
    const json = newest(tag).slice(skip, skip + 50)
    return route.fulfill({
      headers: { ...headers(), 'Meower-Total': `${count}` },
      json,
    })
  })
  await context.route(/\/meows/, (route) => {
    const { searchParams } = new URL(route.request().url())
    const ids = searchParams.get('ids')?.split(',')
    const meows = newest('cats')
    const json = ids === undefined ? meows.slice(0, 50) : meows.filter(({ id }) => ids.includes(id))
    return route.fulfill({
      headers: headers(),
      json: searchParams.has('before') ? [] : json,
    })
  })
  const page = await context.newPage()
  await page.goto(url + path)
  await badge(page, 'Live')
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
    expect(connections()).toBe(1)
    await tab(page, 'Timeline').click()
    await badge(page, 'Live')
    expect(connections()).toBe(1)
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
    await page.waitForTimeout(300)
    const before = await top(page, 'cats20')
    await page.reload()
    await expect
      .poll(async () => Math.abs((await top(page, 'cats20')) - before))
      .toBeLessThanOrEqual(2)
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
    const boxes = await page
      .getByRole('feed')
      .evaluateAll((feeds) => feeds.map((feed) => feed.getBoundingClientRect().toJSON() as DOMRect))
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(count)
    expect(new Set(boxes.map(({ top: y }) => Math.round(y))).size).toBe(1)
    for (const { width: wide } of boxes) expect(wide).toBeGreaterThan(280)
    expect(connections()).toBe(1)

    say('cats', 81)
    await row(page, 'cats81').waitFor()
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

import { describe, expect, it } from 'vitest'
import type { BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { desk, phone, screenshot, url, violations, visitors } from '../meower.js'

const { newContext } = visitors()

const hall = { viewport: { width: 1920, height: 1080 } }

const AT = new Date(Date.now() - 90_000).toISOString()

const aMeow = (id: string, body: string) => ({ id, body, created_at: AT })

const TEXTS = [
  'We are here! #fest',
  'The band at the lake begins in ten minutes, bring a blanket and something warm to drink, it is getting cold over there by the water #fest',
  'شكراً لكم على هذا المساء الجميل #fest',
  'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine #fest',
  'https://example.org/programme <b>of</b> the #fest & more',
  'What a day #fest 🐈',
  'where is the coffee? #fest',
]

/** A wall of servers that do what a test says, at an address. What the page complains about is an error. */
async function aWall(path: string, options: BrowserContextOptions = hall, texts = TEXTS) {
  const context = await newContext(options)
  let position = 1
  let socket: WebSocketRoute | undefined
  let away = false
  await context.routeWebSocket(/\/pusher/, (opened) => {
    if (away) return void opened.close({ code: 1013 })
    socket = opened
    opened.send(JSON.stringify({ kind: 2, position: `e-${position}`, resumed: true }))
  })
  const meows = texts.map((body, index) => aMeow(`m${index}`, body))
  await context.route(/\/(meows|search)\?/, (route) =>
    route.fulfill({ headers: { 'Meower-Position': `e-${position}` }, json: meows }),
  )
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => socket !== undefined).toBe(true)
  await page.evaluate(() => document.fonts.ready)
  const send = (frame: object) => {
    position += 1
    socket?.send(JSON.stringify({ ...frame, position: `e-${position}` }))
  }
  return {
    page,
    complaints,
    create: (id: string, body: string) => send({ kind: 1, ...aMeow(id, body) }),
    edit: (id: string, body: string) =>
      send({ kind: 4, ...aMeow(id, body), revision: 2, edited_at: AT }),
    remove: (id: string) => send({ kind: 5, id, deleted_at: AT, by: 'operator' }),
    leave: () => {
      away = true
      socket?.close({ code: 1012 })
    },
  }
}

const shown = (page: Page) => page.locator('article .body').allInnerTexts()

/** What axe finds while nothing fades: of a colour that is not there yet it would say that it is pale. */
async function faults(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return violations(page)
}

/** What does not fit where it is. */
const cut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.box, li, .wall, html')]
      .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
      .map((e) => `${e.tagName}.${e.className} ${e.scrollWidth}×${e.scrollHeight}`),
  )

describe('a wall', () => {
  it.each([
    ['hall', hall, 'dark'],
    ['hall', hall, 'light'],
    ['desk', desk, 'dark'],
    ['phone', phone, 'light'],
    ['narrow', { viewport: { width: 320, height: 640 } }, 'dark'],
    ['low', { viewport: { width: 1280, height: 400 } }, 'light'],
  ])('fits whole on a %s in the theme of its address', async (name, options, theme) => {
    const wall = await aWall(`/wall?tag=fest&title=Summer%20fest&theme=${theme}`, options)
    await wall.page.locator('aside svg').waitFor()
    await wall.page.locator('article').nth(4).waitFor()

    await expect.poll(() => cut(wall.page)).toEqual([])
    expect(await faults(wall.page)).toEqual([])
    const background = await wall.page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    )
    expect(background).toBe(theme === 'dark' ? 'rgb(23, 16, 12)' : 'rgb(246, 236, 221)')
    expect(wall.complaints).toEqual([])
    await screenshot(wall.page, `wall-${name}-${theme}`)
  })

  it.each([1, 2, 12])('has room for %s at once', async (lines) => {
    const wall = await aWall(`/wall?tag=fest&lines=${lines}`)
    await wall.page.locator('article').first().waitFor()
    await expect.poll(() => cut(wall.page)).toEqual([])
    await screenshot(wall.page, `wall-lines-${lines}`)
  })

  it('shows what is posted, edited and deleted', async () => {
    // There is room for all: none has to make room for another one.
    const { page, create, edit, remove, complaints } = await aWall('/wall?tag=fest&lines=12')
    await page
      .locator('article')
      .nth(TEXTS.length - 1)
      .waitFor()
    create('n1', 'hello from the hall #fest')
    create('n2', 'not for it')
    await page.getByText('hello from the hall').waitFor()

    edit('n1', 'hello again from the hall #fest')
    await page.getByText('hello again').waitFor()
    remove('n1')
    await page.getByText('hello again').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain('not for it')
    expect(complaints).toEqual([])
  })

  it('is paused and stepped by keys, says how many wait, and since when it is not live', async () => {
    const { page, create, leave } = await aWall('/wall?tag=fest&lines=2&theme=dark')
    await page.locator('article').nth(1).waitFor()
    await page.keyboard.press('Space')
    await page.getByText('Paused · Space goes on').waitFor()
    for (let i = 0; i < 37; i += 1) create(`n${i}`, `number ${i} #fest`)
    await page.getByText('+37').waitFor()
    const before = await shown(page)
    await page.keyboard.press('ArrowRight')
    await page.getByText('number 0 #fest').waitFor()
    await page.getByText('+36').waitFor()
    await page.keyboard.press('ArrowLeft')
    expect(await shown(page)).toEqual(before)

    leave()
    await page.getByText(/^Not live since \d\d:\d\d$/).waitFor()
    expect(await shown(page)).toEqual(before)
    await page.mouse.move(100, 100)
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    expect(await faults(page)).toEqual([])
    await screenshot(page, 'wall-paused')
  })

  it('moves nothing for those who want none of it', async () => {
    const { page, create } = await aWall('/wall?tag=fest', { ...hall, reducedMotion: 'reduce' })
    create('n1', 'quietly #fest')
    const article = page.locator('article', { hasText: 'quietly' })
    await article.waitFor()
    expect(await article.evaluate((e) => e.getAnimations().length)).toBe(0)
  })

  it('says what to write while there is nothing', async () => {
    const { page } = await aWall('/wall?tag=fest', hall, [])
    await page.getByText('Write something with').waitFor()
    expect(await faults(page)).toEqual([])
    await screenshot(page, 'wall-empty')
  })

  it('can be seen where the colours are the reader’s own', async () => {
    const { page } = await aWall('/wall?tag=fest', { ...desk, forcedColors: 'active' })
    await page.locator('article').nth(4).waitFor()
    await screenshot(page, 'wall-forced-colours')
    expect(await faults(page)).toEqual([])
  })
})

describe('the setup of a wall', () => {
  it.each([
    ['desk', desk],
    ['phone', phone],
    ['narrow', { viewport: { width: 320, height: 640 } }],
    ['dark', { ...desk, colorScheme: 'dark' as const }],
  ])('makes its address, on a %s', async (name, options) => {
    const context = await newContext({
      ...options,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const page = await context.newPage()
    await page.goto(`${url}/wall/setup`)
    await page.getByLabel('Hashtag').fill('fest')
    await page.getByLabel('Title').fill('Summer fest')
    await page.getByLabel('Meows at once').fill('99')
    await page.getByText('The wall would show 5.').waitFor()
    await page.getByLabel('Dark').check()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByText('Address copied.').waitFor()

    const address = `${url}/wall?tag=fest&title=Summer+fest&theme=dark`
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
    expect(await page.getByRole('link', { name: 'Open' }).getAttribute('href')).toBe(address)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    expect(await faults(page)).toEqual([])
    await screenshot(page, `wall-setup-${name}`)
  })
})

import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  badge,
  bodies,
  desk,
  meow,
  phone,
  post,
  screenshot,
  url,
  violations,
  visitors,
  withoutAnchoring,
} from './meower.js'

const { visitor } = visitors()

/** Some document of somebody else. */
const ELSEWHERE = 'https://elsewhere.test/'

beforeAll(async () => {
  for (let i = 1; i <= 130; i += 1) {
    await post(`a place to remember ${i} #remember ${'and more words '.repeat(i % 6)}`.trim())
  }
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${url}/search?query=remember&take=1`)
      expect(Number(answer.headers.get('Meower-Total'))).toBeGreaterThanOrEqual(130)
    },
    { timeout: 20_000, interval: 200 },
  )
})

const y = async (article: Locator) =>
  Math.round(((await article.boundingBox())?.y ?? NaN) * 10) / 10

const scrollY = (page: Page) => page.evaluate(() => Math.round(window.scrollY))

/** Reads far down, where older ones had to be loaded, until nothing there moves any more. */
async function read(page: Page) {
  await page.locator('article').first().waitFor()
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 4_000)
        return page.locator('article').count()
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(100)
  const article = page.locator('article').nth(85)
  const id = await article.getAttribute('data-id')
  const center = () =>
    article.evaluate(async (e) => {
      // By then what has just come near has its height, which moves the others.
      for (let frame = 0; frame < 3; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      const before = e.getBoundingClientRect().top
      e.scrollIntoView({ block: 'center' })
      return before - e.getBoundingClientRect().top
    })
  await center()
  await expect.poll(center).toBe(0)
  return page.locator(`[data-id="${id}"]`)
}

/** Is where it was, within 2 px, and stays there. */
async function isBackAt(article: Locator, before: number) {
  const away = async () => Math.abs((await y(article)) - before)
  await expect.poll(away, { timeout: 15_000 }).toBeLessThanOrEqual(2)
  await article.page().evaluate(() => document.fonts.ready)
  await article.page().evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })
  expect(await away()).toBeLessThanOrEqual(2)
}

async function visit(page: Page, document: string) {
  await page.route(`${ELSEWHERE}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>Somebody else’s</p>' }),
  )
  await page.goto(document)
}

describe('the age of a meow', () => {
  it.each([
    { name: 'a desk', options: desk },
    { name: 'a narrow window', options: { viewport: { width: 320, height: 640 } } },
  ])('shows the exact time to a keyboard on $name, and moves nothing', async ({ options }) => {
    const page = await visitor(options)
    const article = meow(page, 'a place to remember 130')
    const age = article.locator('a.age')
    await age.waitFor()
    const before = await article.boundingBox()
    await page.getByRole('link', { name: 'Skip to the meows' }).focus()
    await age.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')

    const moment = article.locator('.moment')
    await moment.waitFor({ state: 'visible' })
    expect(await moment.innerText()).toMatch(/20\d\d/)
    const box = await moment.boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 9_999)).toBeLessThanOrEqual(options.viewport.width)
    expect((await article.boundingBox())?.height).toBe(before?.height)
    await screenshot(page, `age-${options.viewport.width}`)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      options.viewport.width,
    )
  })
})

describe('on paper', () => {
  it.each(['/', '/?q=remember'])('are the meows alone, black on white: %s', async (path) => {
    const page = await visitor({ ...desk, colorScheme: 'dark' }, path)
    await meow(page, 'a place to remember').first().waitFor()
    await page.emulateMedia({ media: 'print' })

    const unseen = ['header', '.skip', '.tools', 'main button', '.cat', '.age']
    for (const selector of unseen) {
      for (const element of await page.locator(selector).all()) {
        expect(await element.isVisible(), selector).toBe(false)
      }
    }
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
    expect(await page.locator('.moment').first().isVisible()).toBe(true)
    const colours = await page.evaluate(() =>
      ['body', '.bubble', '.body', '.body a'].map((selector) => {
        const element = document.querySelector(selector)
        if (element === null) return selector
        const { color, backgroundColor, textDecorationLine } = getComputedStyle(element)
        return [color, backgroundColor, textDecorationLine].join(' / ')
      }),
    )
    expect(colours).toEqual([
      'rgb(0, 0, 0) / rgba(0, 0, 0, 0) / none',
      'rgb(0, 0, 0) / rgb(255, 255, 255) / none',
      'rgb(0, 0, 0) / rgba(0, 0, 0, 0) / none',
      'rgb(0, 0, 0) / rgba(0, 0, 0, 0) / underline',
    ])
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    ).toBe('rgb(255, 255, 255)')
    await screenshot(page, path === '/' ? 'paper-timeline' : 'paper-search')
    const last = page.locator('article').last().locator('.body')
    expect(await last.evaluate((e) => e.checkVisibility({ contentVisibilityAuto: true }))).toBe(
      true,
    )
  })
})

describe('a low wide window', () => {
  it('has the button to post in it', async () => {
    const page = await visitor({ viewport: { width: 1280, height: 400 } })
    const button = page.getByRole('button', { name: 'Post' })
    const box = await button.boundingBox()
    await screenshot(page, 'low-wide')
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(400)
    expect(
      await button.evaluate((e) => {
        const { left, top, width, height } = e.getBoundingClientRect()
        return e.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      }),
    ).toBe(true)
  })
})

describe.each([
  { name: 'a phone', options: phone, anchoring: true },
  { name: 'a desk', options: desk, anchoring: true },
  { name: 'a desk without scroll anchoring', options: desk, anchoring: false },
])('the place of a read on $name', ({ options, anchoring }) => {
  async function reader(path = '/') {
    const page = await visitor(options, path)
    if (!anchoring) {
      page.on('domcontentloaded', () => void withoutAnchoring(page).catch(() => undefined))
      await withoutAnchoring(page)
    }
    return page
  }

  const lists = ['/', '/?q=remember', '/?q=%23remember+&sort=newest', '/?tag=remember']

  describe.each(lists)('at %s', (path) => {
    it('is the same after a reload', async () => {
      const page = await reader(path)
      const article = await read(page)
      const before = await y(article)

      await page.reload()

      await isBackAt(article, before)
    })

    it('is the same after another document', async () => {
      const page = await reader(path)
      const article = await read(page)
      const before = await y(article)

      await visit(page, ELSEWHERE)
      await page.goBack()

      await isBackAt(article, before)
    })
  })

  it('is the same after a meow, to which its age leads', async () => {
    const page = await reader()
    const article = await read(page)
    const before = await y(article)

    await article.locator('a.age').click()
    await page.waitForURL('**/meows/*')
    await page.goBack()

    await isBackAt(article, before)
  })

  it('is the same after the list of a tag, which begins at its top', async () => {
    const page = await reader('/?q=remember')
    const article = await read(page)
    const before = await y(article)

    await article.getByRole('link', { name: '#remember' }).click()
    await page.waitForURL('**/?tag=remember')
    await expect.poll(() => scrollY(page)).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tag-heading')
    await page.locator('article').first().waitFor()
    expect(await scrollY(page)).toBe(0)
    await page.goBack()

    await isBackAt(article, before)
    await page.goForward()
    await expect.poll(() => scrollY(page)).toBe(0)
  })

  it('is found over several views and documents', async () => {
    const page = await reader()
    const article = await read(page)
    const before = await y(article)

    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await page.getByLabel('Search meows').fill('remember')
    await page.getByText(/ found$/).waitFor()
    await visit(page, ELSEWHERE)
    await page.goBack()
    await page.getByText(/ found$/).waitFor()
    await page.goBack()

    await isBackAt(article, before)
  })
})

describe('what happened meanwhile', () => {
  it('is seen: a deletion, and new meows that wait', async () => {
    const answer = await fetch(`${url}/meows`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ body: 'to be regretted' }),
    })
    const { id } = (await answer.json()) as { id: string }
    const token = answer.headers.get('Meower-Undo') ?? ''
    for (let i = 1; i <= 90; i += 1) await post(`upon it ${i}`)
    const page = await visitor()
    await meow(page, 'upon it 90').waitFor()
    const article = await read(page)
    const before = await y(article)
    expect(await meow(page, 'to be regretted').count()).toBe(1)
    await visit(page, ELSEWHERE)

    await fetch(`${url}/meows/${id}`, { method: 'DELETE', headers: { 'Meower-Undo': token } })
    await post('posted meanwhile')
    await expect
      .poll(async () => (await fetch(`${url}/meows?ids=${id}`)).text(), { timeout: 20_000 })
      .toContain('deleted_at')
    await page.goBack()

    await isBackAt(article, before)
    expect(await meow(page, 'to be regretted').count()).toBe(0)
    expect(await meow(page, 'posted meanwhile').count()).toBe(0)
    await page.getByRole('button', { name: 'Show 1 new meow' }).click()
    await meow(page, 'posted meanwhile').waitFor()
    // Above what is read, and not drawn yet.
    expect(await page.locator('article .body').first().textContent()).toBe('posted meanwhile')
  })

  it('is no place for texts: only ids are kept, and not many', async () => {
    const page = await visitor()
    await read(page)
    await page.reload()
    await badge(page, 'Live')
    const stored = await page.evaluate(() => Object.values(sessionStorage).join(''))
    expect(stored).toContain('"ids"')
    expect(stored).not.toContain('remember')
    expect(2 * stored.length).toBeLessThan(200_000)
  })
})

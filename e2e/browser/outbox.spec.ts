import type { BrowserContext, Page, Route } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
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
  write,
} from './meower.js'

const { newContext, visitor } = visitors()

beforeAll(async () => {
  for (let i = 1; i <= 40; i += 1) await post(`far below ${i}`)
})

async function tab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await badge(page, 'Live')
  return page
}

/** What is sent to be posted, whatever tab sends it, with its key. */
function posts(context: BrowserContext): { key: string; body: string }[] {
  const sent: { key: string; body: string }[] = []
  context.on('request', (request) => {
    if (request.method() !== 'POST') return
    const { body } = request.postDataJSON() as { body: string }
    sent.push({ key: request.headers()['idempotency-key'] ?? '', body })
  })
  return sent
}

/** Does something else than the server with what is posted. */
async function answering(target: Page | BrowserContext, answer: (route: Route) => Promise<void>) {
  await target.route('**/meows', (route) =>
    route.request().method() === 'POST' ? answer(route) : route.continue(),
  )
}

async function say(page: Page, text: string) {
  await write(page, text)
  await page.keyboard.press('Control+Enter')
}

const row = (page: Page, text: string) => page.locator('.post', { hasText: text })

const field = (page: Page) => page.getByLabel('What’s the meow?')

const scrollY = (page: Page) => page.evaluate(() => Math.round(window.scrollY))

async function scrolledDown(page: Page) {
  await meow(page, 'far below').first().waitFor()
  await page.mouse.wheel(0, 900)
  await expect.poll(() => scrollY(page)).toBeGreaterThan(500)
}

describe('what is written without a network', () => {
  it('is posted in its order when the page is opened again', async () => {
    const context = await newContext()
    const sent = posts(context)
    const before = await tab(context)
    await context.setOffline(true)
    for (const text of ['airplane one', 'airplane two', 'airplane three']) await say(before, text)
    await row(before, 'airplane three').getByText('Waiting for the network.').waitFor()
    await screenshot(before, 'outbox-offline')
    expect(await field(before).inputValue()).toBe('')
    await before.close()
    expect(sent).toEqual([])

    await context.setOffline(false)
    const page = await tab(context)

    for (const text of ['one', 'two', 'three']) await meow(page, `airplane ${text}`).waitFor()
    expect(await page.locator('.post').count()).toBe(0)
    expect(sent.map(({ body }) => body)).toEqual(['airplane one', 'airplane two', 'airplane three'])
    const other = await visitor()
    await meow(other, 'airplane one').waitFor()
    const seen = (await bodies(other)).filter((body) => body.startsWith('airplane'))
    expect(seen).toEqual(['airplane three', 'airplane two', 'airplane one'])
  })

  it('is posted when the network comes back, and can be given up before', async () => {
    const context = await newContext()
    const sent = posts(context)
    const page = await tab(context)
    await context.setOffline(true)
    for (const text of ['tunnel one', 'tunnel two']) await say(page, text)
    await row(page, 'tunnel one').getByRole('button', { name: 'Cancel' }).click()
    await row(page, 'tunnel one').waitFor({ state: 'detached' })

    await context.setOffline(false)

    await meow(page, 'tunnel two').waitFor()
    expect(sent.map(({ body }) => body)).toEqual(['tunnel two'])
  })
})

describe.each([
  { name: 'desk', options: desk },
  { name: 'phone', options: phone },
])('somebody who reads far below on a $name', ({ name, options }) => {
  it('posts and stays there, sees what became of it, and takes it back', async () => {
    const page = await visitor(options)
    await withoutAnchoring(page)
    await scrolledDown(page)
    const read = meow(page, 'far below').nth(15)
    const before = (await read.boundingBox())?.y ?? 0

    await page.getByRole('button', { name: 'Write' }).click()
    await page.locator(':focus').fill(`from below on a ${name}`)
    await page.keyboard.press('Control+Enter')

    const notice = page.getByRole('group', { name: 'Your post' })
    await notice.getByText('Posted.').waitFor()
    await screenshot(page, `posted-below-${name}`)
    expect(Math.abs(((await read.boundingBox())?.y ?? 0) - before)).toBeLessThanOrEqual(1)
    expect(await violations(page)).toEqual([])
    await notice.getByRole('button', { name: 'Undo' }).click()
    await notice.getByText('Deleted.').waitFor()
    expect(Math.abs(((await read.boundingBox())?.y ?? 0) - before)).toBeLessThanOrEqual(1)
  })

  it('is led to what was posted', async () => {
    const page = await visitor(options)
    await scrolledDown(page)
    await page.getByRole('button', { name: 'Write' }).click()
    await page.locator(':focus').fill(`to be seen on a ${name}`)
    await page.keyboard.press('Control+Enter')

    await page.getByRole('group', { name: 'Your post' }).getByText('Posted.').waitFor()
    await page.getByRole('button', { name: 'View' }).click()

    await meow(page, `to be seen on a ${name}`).waitFor()
    expect(await scrollY(page)).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('to be seen')
  })
})

describe('the dialog to write in', () => {
  it('is left with Escape, keeps the draft, and gives the focus back', async () => {
    const page = await visitor(phone, '/?q=below')
    await page.getByRole('button', { name: 'Write' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write' })
    await dialog.getByLabel('What’s the meow?').fill('half a thought')
    await screenshot(page, 'writing-phone')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Write')

    await page.getByRole('link', { name: 'Timeline', exact: true }).click()
    expect(await field(page).inputValue()).toBe('half a thought')
  })
})

describe('a server that asks to wait', () => {
  it.each([
    { status: 429, words: 'Waiting: too fast.', detail: 'One meow a second, please.' },
    { status: 503, words: 'Waiting: not available.', detail: 'The house is being cleaned.' },
  ])('with $status is quoted, and waited for', async ({ status, words, detail }) => {
    const page = await visitor({ ...desk, colorScheme: status === 429 ? 'light' : 'dark' })
    let tries = 0
    await answering(page, async (route) => {
      tries += 1
      if (tries > 1) return route.continue()
      await route.fulfill({ status, headers: { 'Retry-After': '3' }, json: { detail } })
    })
    await say(page, `asked to wait by ${status}`)

    const waiting = row(page, `asked to wait by ${status}`)
    await waiting.getByText(words).waitFor()
    await waiting.getByText(detail).waitFor()
    const left = async () => Number.parseInt(await waiting.getByRole('timer').innerText(), 10)
    const first = await left()
    expect(first).toBeGreaterThanOrEqual(2)
    await expect.poll(left).toBeLessThan(first)
    await screenshot(page, `outbox-${status}`)
    expect(await violations(page)).toEqual([])
    await meow(page, `asked to wait by ${status}`).waitFor()
    await waiting.waitFor({ state: 'detached' })
    expect(tries).toBe(2)
  })

  it('is asked again at once by whoever wants that', async () => {
    const page = await visitor()
    let tries = 0
    await answering(page, async (route) => {
      tries += 1
      if (tries > 1) return route.continue()
      await route.fulfill({ status: 503, headers: { 'Retry-After': '60' }, json: {} })
    })
    await say(page, 'cannot wait')
    await row(page, 'cannot wait').getByRole('button', { name: 'Send now' }).click()
    await meow(page, 'cannot wait').waitFor()
  })
})

describe('a post that is refused', () => {
  it.each([
    { name: 'a phone', options: { ...phone, viewport: { width: 320, height: 600 } } },
    {
      name: 'a desk in the reader’s own colours',
      options: { ...desk, forcedColors: 'active' } as const,
    },
  ])('stands there with the reason on $name, in every view', async ({ options }) => {
    const page = await visitor(options)
    await answering(page, (route) =>
      route.fulfill({ status: 403, json: { detail: 'Posting is closed today.' } }),
    )
    await say(page, 'not for today')
    await row(page, 'not for today').getByText('Not accepted: Posting is closed today.').waitFor()
    expect(await violations(page)).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)

    await page.reload()
    await page.getByRole('link', { name: 'Search', exact: true }).click()
    await row(page, 'not for today').getByRole('button', { name: 'Discard' }).click()
    await row(page, 'not for today').waitFor({ state: 'detached' })
  })
})

describe('two tabs', () => {
  it('show the same posts, and post each once', async () => {
    const context = await newContext()
    const sent = posts(context)
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await answering(context, async (route) => {
      await held
      await route.continue()
    })
    const one = await tab(context)
    const other = await tab(context)
    await say(one, 'from the first tab')
    await say(other, 'from the second tab')
    for (const page of [one, other]) {
      await row(page, 'from the first tab').waitFor()
      await row(page, 'from the second tab').getByText('Waiting for the one before it.').waitFor()
    }
    letGo()

    for (const page of [one, other]) {
      await meow(page, 'from the second tab').waitFor()
      await page.locator('.post').first().waitFor({ state: 'detached' })
      for (const text of ['first', 'second']) {
        expect(await meow(page, `from the ${text} tab`).count()).toBe(1)
        await meow(page, `from the ${text} tab`).getByRole('button').first().waitFor()
      }
    }
    expect(sent.map(({ body }) => body)).toEqual(['from the first tab', 'from the second tab'])
  })

  it('post once what one of them was sending when it was closed', async () => {
    const context = await newContext()
    const sent = posts(context)
    const tabs = [await tab(context), await tab(context)] as const
    let sending: Page | undefined
    await answering(context, async (route) => {
      if (sending !== undefined) return route.continue()
      await route.fetch()
      sending = route.request().frame().page()
      // The answer never comes.
    })
    await say(tabs[0], 'left half way')
    await expect.poll(() => sending !== undefined, { timeout: 5_000 }).toBe(true)
    await sending?.close()

    const other = sending === tabs[0] ? tabs[1] : tabs[0]
    await meow(other, 'left half way').waitFor()
    await other.locator('.post').first().waitFor({ state: 'detached' })
    await post('after the closed tab')
    await meow(other, 'after the closed tab').waitFor()
    expect(await meow(other, 'left half way').count()).toBe(1)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  })

  it('have a draft each, and the next one goes on with what a closed one has left', async () => {
    const context = await newContext()
    const one = await tab(context)
    const other = await tab(context)
    await write(one, 'draft of the first')
    await write(other, 'draft of the second')
    await one.reload()
    expect(await field(one).inputValue()).toBe('draft of the first')
    await one.close()

    const next = await tab(context)
    await expect.poll(() => field(next).inputValue()).toBe('draft of the first')
    expect(await field(other).inputValue()).toBe('draft of the second')
    await other.reload()
    expect(await field(other).inputValue()).toBe('draft of the second')
  })
})

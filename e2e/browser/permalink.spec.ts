import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Page, Response } from 'playwright-core'
import { desk, phone, screenshot, url, violations, visitors } from './meower.js'

const { newContext } = visitors()

interface Posted {
  readonly id: string
  readonly undo: string
}

async function post(body: string): Promise<Posted> {
  const answer = await fetch(`${url}/meows`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ body }),
  })
  const { id } = (await answer.json()) as { id: string }
  await fetch(`${url}/meows/${id}?wait=5s`, { headers: { Accept: 'application/json' } })
  return { id, undo: answer.headers.get('Meower-Undo') ?? '' }
}

/** What the page's security policy or a script complains about is an error. */
async function opened(path: string, options = desk): Promise<{ page: Page; answer: Response }> {
  const context = await newContext(options)
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  const answer = await page.goto(url + path)
  if (answer === null) throw new Error('no answer')
  return { page, answer }
}

describe('a meow at its own address', () => {
  it.each([
    ['desk', desk],
    ['phone', phone],
  ])('is large, among its neighbours, on a %s', async (name, options) => {
    await post('posted before it')
    const { id } = await post('A meow worth a link, #permalink\nhttps://example.org/cats')
    await post('posted after it')

    const { page, answer } = await opened(`/meows/${id}`, options)
    await page.locator('section[aria-label="Posted before it"] article').first().waitFor()
    await page.locator('section[aria-label="Posted after it"] article').first().waitFor()

    expect(answer.status()).toBe(200)
    expect(await page.locator('.one .body').innerText()).toContain('A meow worth a link')
    expect(await page.title()).toContain('A meow worth a link')
    const size = (of: string) =>
      page
        .locator(of)
        .first()
        .evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))
    expect(await size('.one .body')).toBeGreaterThan(await size('section .body'))
    expect(await violations(page)).toEqual([])
    await screenshot(page, `permalink-${name}`)
  })

  it('is read by makers of previews, who run no script', async () => {
    const { id } = await post('<b>bold</b> & "quoted" #permalink')
    const page = await (await newContext({ javaScriptEnabled: false })).newPage()

    await page.goto(`${url}/meows/${id}`)

    const property = (name: string) =>
      page.locator(`meta[property="${name}"]`).getAttribute('content')
    expect(await property('og:description')).toBe('<b>bold</b> & "quoted" #permalink')
    expect(await property('og:url')).toBe(`${url}/meows/${id}`)
    expect(await page.locator('article p').innerText()).toBe('<b>bold</b> & "quoted" #permalink')
  })

  it('gives its link away', async () => {
    const { id } = await post('to be passed on')
    const context = await newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(`${url}/meows/${id}`)

    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied.').waitFor()

    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${url}/meows/${id}`)
  })

  it('is gone when it was deleted, also for who had it open', async () => {
    const { id, undo } = await post('a secret that slipped out')
    const { page } = await opened(`/meows/${id}`)
    await page.locator('.one').waitFor()
    const deleted = await fetch(`${url}/meows/${id}`, {
      method: 'DELETE',
      headers: { 'Meower-Undo': undo },
    })
    expect(deleted.status).toBe(204)
    await fetch(`${url}/meows/${id}?wait=5s&revision=9`, {
      headers: { Accept: 'application/json' },
    })

    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

    await page.getByRole('heading', { name: 'This meow was deleted' }).waitFor()
    expect(await page.content()).not.toContain('slipped out')
    const again = await page.goto(`${url}/meows/${id}`)
    expect(again?.status()).toBe(410)
    await page.getByRole('heading', { name: 'This meow was deleted' }).waitFor()
    expect(await violations(page)).toEqual([])
    await screenshot(page, 'permalink-deleted')
  })

  it.each([
    [`/meows/${'0'.repeat(27)}`, 'There is no such meow'],
    ['/meows/nothing', 'There is no such meow'],
    ['/cats/and/dogs', 'There is nothing here'],
  ])('at %s: %s', async (path, words) => {
    const { page, answer } = await opened(path)

    await page.getByRole('heading', { name: words }).waitFor()
    expect(answer.status()).toBe(404)
    await page.getByRole('link', { name: 'To all meows' }).click()
    await page.waitForURL(`${url}/`)
  })
})

describe('meows in a page of another site', () => {
  it('stand in a frame, and nothing else of Meower does', async () => {
    const { id } = await post('embedded #permalinkframe')
    const other = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end(
        ['/embed?tag=permalinkframe', `/embed/${id}`, '/', `/meows/${id}`]
          .map((path) => `<iframe src="${url}${path}" width="400" height="200"></iframe>`)
          .join(''),
      )
    })
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready))
    try {
      const page = await (await newContext()).newPage()
      await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
      for (const frame of [0, 1]) {
        const body = page.frameLocator('iframe').nth(frame).locator('.body').first()
        expect(await body.innerText()).toBe('embedded #permalinkframe')
        const font = await body.evaluate((e) => getComputedStyle(e).whiteSpace)
        expect(font).toContain('pre-wrap')
      }
      for (const frame of [2, 3]) {
        expect(await page.frameLocator('iframe').nth(frame).locator('article, .page').count()).toBe(
          0,
        )
      }
      await screenshot(page, 'embedded')
    } finally {
      await new Promise((closed) => other.close(closed))
    }
  })
})

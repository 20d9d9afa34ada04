import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
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
} from './meower.js'

const { newContext, visitor } = visitors()

/** Waits until the browser could show the page without a network. */
async function isKept(page: Page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await expect
    .poll(() =>
      page.evaluate(async () => (await caches.match('/index.html', { ignoreSearch: true }))?.ok),
    )
    .toBe(true)
}

describe.each([
  { name: 'a desk', options: { ...desk, colorScheme: 'light' as const } },
  { name: 'a phone', options: { ...phone, colorScheme: 'dark' as const } },
])('without a network, on $name,', ({ name, options }) => {
  it('the page begins with what was there the last time, and goes on when it can', async () => {
    const context = await newContext({ ...options, serviceWorkers: 'allow' })
    const page = await context.newPage()
    await page.goto(url)
    await badge(page, 'Live')
    await post(`the last one on ${name}`)
    await meow(page, `the last one on ${name}`).first().waitFor()
    await isKept(page)

    await context.setOffline(true)
    await page.reload()

    await page.getByText(/^From .*\d\d:\d\d · offline$/).waitFor()
    expect((await bodies(page))[0]).toBe(`the last one on ${name}`)
    expect(await violations(page)).toEqual([])
    await screenshot(page, `offline-${options.colorScheme}`)

    await context.setOffline(false)
    await badge(page, 'Live')
    await expect.poll(() => page.getByText(/· offline$/).count()).toBe(0)
    expect((await bodies(page))[0]).toBe(`the last one on ${name}`)
  })
})

describe('the page as it is installed', () => {
  it('has icons of the sizes that it names', async () => {
    const page = await visitor()
    const manifest = (await (await fetch(`${url}/manifest.webmanifest`)).json()) as {
      icons: { src: string; sizes: string; type: string }[]
    }
    const touch = await page.locator('link[rel=apple-touch-icon]').getAttribute('href')
    const icons = [
      ...manifest.icons.filter(({ type }) => type === 'image/png'),
      { src: touch ?? '', sizes: '180x180', type: 'image/png' },
    ]
    expect(icons).toHaveLength(4)
    for (const { src, sizes, type } of icons) {
      expect((await fetch(url + src)).headers.get('Content-Type')).toBe(type)
      const size = await page.evaluate(async (address) => {
        const image = new Image()
        image.src = address
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }, src)
      expect(size, src).toBe(sizes)
    }
  })

  it('takes what another app shares, once', async () => {
    const page = await visitor(desk, '/?title=Cats&text=sleep&url=https%3A%2F%2Fcats.example')
    const field = page.getByLabel('What’s the meow?')
    expect(await field.inputValue()).toBe('Cats\nsleep\nhttps://cats.example')
    expect(page.url()).toBe(`${url}/`)
    await expect.poll(() => field.evaluate((e) => e === document.activeElement)).toBe(true)
    await field.fill('')
    await page.reload()
    expect(await field.inputValue()).toBe('')
  })

  it('asks for its worker each time, so that it is the newest', async () => {
    const answer = await fetch(`${url}/worker.js`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/javascript/)
    expect(answer.headers.get('Cache-Control')).toBe('no-cache')
  })
})

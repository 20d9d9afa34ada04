import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { required, url, visitors } from './meower.js'

const { newContext } = visitors()

/** A front end of somebody else, on a port of its own. */
async function frontEnd(port: number) {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>another front end</title>')
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}/` }
}

interface Answer {
  status?: number
  undo?: string | null
  failed?: string
}

function ask(page: Page, path: string, options: RequestInit = {}): Promise<Answer> {
  return page.evaluate(
    async ([address, init]) => {
      try {
        const answer = await fetch(address, init)
        return { status: answer.status, undo: answer.headers.get('Meower-Undo') }
      } catch (e) {
        return { failed: String(e) }
      }
    },
    [url + path, options] as const,
  )
}

/** Follows the live feed over WebSocket and Server-Sent Events; what comes stands in `window.seen`. */
async function follow(page: Page): Promise<void> {
  await page.evaluate((meower) => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const socket = new WebSocket(meower.replace('http', 'ws') + '/pusher')
    socket.onopen = () => seen.push('socket open')
    socket.onerror = () => seen.push('socket failed')
    socket.onmessage = (e) => seen.push(`socket ${e.data}`)
    const events = new EventSource(meower + '/events')
    events.onopen = () => seen.push('events open')
    events.onerror = () => seen.push('events failed')
    events.addEventListener('meow', (e) => seen.push(`events ${e.data}`))
  }, url)
}

const seen = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { seen: string[] }).seen)

describe('a front end on another port', () => {
  let allowed: Awaited<ReturnType<typeof frontEnd>>
  let stranger: Awaited<ReturnType<typeof frontEnd>>

  beforeAll(async () => {
    allowed = await frontEnd(Number(required('MEOWER_FRONT_END_PORT')))
    stranger = await frontEnd(0)
  })
  afterAll(() => {
    allowed.server.close()
    stranger.server.close()
  })

  it('posts, sees live, searches and corrects when its origin is allowed', async () => {
    const word = `frontend${Date.now()}`
    const page = await (await newContext()).newPage()
    await page.goto(allowed.url)
    await follow(page)
    await expect.poll(() => seen(page), { timeout: 10_000 }).toContain('socket open')
    await expect.poll(() => seen(page), { timeout: 10_000 }).toContain('events open')

    // As the original's front end posts: with nothing but an address.
    expect((await ask(page, `/meows?body=${word}`, { method: 'POST' })).status).toBe(201)
    const posted = await ask(page, '/meows', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': word + word },
      body: JSON.stringify({ body: `${word} again` }),
    })
    expect(posted.status).toBe(201)
    expect(posted.undo).toBeTruthy()

    for (const way of ['socket', 'events'])
      await expect
        .poll(async () => (await seen(page)).some((s) => s.startsWith(way) && s.includes(word)), {
          timeout: 20_000,
        })
        .toBe(true)
    await expect
      .poll(
        () =>
          page.evaluate(
            async (address) => ((await (await fetch(address)).json()) as unknown[]).length,
            `${url}/search?query=${word}`,
          ),
        { timeout: 20_000 },
      )
      .toBe(2)
    expect((await ask(page, '/meows?take=2')).status).toBe(200)
  })

  it('does nothing of it when it is not', async () => {
    const word = `stranger${Date.now()}`
    const page = await (await newContext()).newPage()
    await page.goto(stranger.url)
    await follow(page)
    expect((await ask(page, `/meows?body=${word}`, { method: 'POST' })).failed).toBeTruthy()
    expect((await ask(page, '/meows')).failed).toBeTruthy()
    await expect.poll(() => seen(page), { timeout: 10_000 }).toContain('socket failed')
    await expect.poll(() => seen(page), { timeout: 10_000 }).toContain('events failed')
    // Behind its visitor's back, where no answer is wanted.
    await ask(page, `/meows?body=${word}`, { method: 'POST', mode: 'no-cors' })
    await page.evaluate((address) => {
      const form = document.createElement('form')
      form.method = 'POST'
      form.action = address
      document.body.append(form)
      form.submit()
    }, `${url}/meows?body=${word}`)
    await page.waitForURL(/meows/)
    expect(await page.textContent('body')).toContain('/problems/foreign-origin')
    const found = await fetch(`${url}/search?query=${word}`)
    expect(await found.json()).toEqual([])
  })
})

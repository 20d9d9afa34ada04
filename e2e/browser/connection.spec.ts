import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import {
  bodies,
  compose,
  desk,
  meow,
  post,
  screenshot,
  url,
  violations,
  visitors,
  write,
} from './meower.js'

const { newContext, visitor } = visitors()

/** Between a browser and Meower; it can go on accepting what comes, and forward nothing of it. */
async function proxy() {
  const { hostname, port, protocol } = new URL(url)
  const sockets = new Set<Socket>()
  const mute = new Set<Socket>()
  let silent = false
  const server = createServer((client) => {
    const upstream = connect(Number(port || (protocol === 'https:' ? 443 : 80)), hostname)
    if (silent) mute.add(client).add(upstream)
    const forward = (from: Socket, to: Socket) => {
      sockets.add(from)
      from.on('data', (data) => {
        if (!mute.has(from)) to.write(data)
      })
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
    forward(client, upstream)
    forward(upstream, client)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    address: `${protocol}//localhost:${(server.address() as AddressInfo).port}/`,
    /** Forwards nothing of what is connected, nor of what connects from now on. */
    swallow: () => {
      silent = true
      sockets.forEach((socket) => mute.add(socket))
    },
    /** Forwards what connects from now on; what was swallowed stays so. */
    forward: () => {
      silent = false
    },
    close: () => {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}

let opened: Awaited<ReturnType<typeof proxy>> | undefined

/** A visitor who comes through a proxy. */
async function throughProxy() {
  opened = await proxy()
  const page = await (await newContext()).newPage()
  await page.goto(opened.address)
  await says(page, 'Live')
  return { page, ...opened }
}

const word = () => `w${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`

/** The badge says exactly that; of its own name `Live` is a part, too. */
async function says(page: Page, label: string): Promise<void> {
  const words = new RegExp(`Live feed: ${label}\\s*$`)
  await page.locator('.badge', { hasText: words }).waitFor({ timeout: 45_000 })
}

describe('a connection that goes on accepting and forwards nothing', () => {
  afterEach(() => {
    opened?.close()
    opened = undefined
  })

  it('is noticed within 45 s, is spoken of, and loses nothing', async () => {
    const { page, swallow, forward } = await throughProxy()
    const name = word()
    await post(`${name} before`)
    await meow(page, `${name} before`).waitFor()

    swallow()
    await post(`${name} one`)
    await post(`${name} two`)
    await says(page, 'Reconnecting')
    await screenshot(page, 'silent')
    expect(await meow(page, `${name} one`).count()).toBe(0)
    await post(`${name} three`)
    forward()

    await says(page, 'Live')
    await meow(page, `${name} three`).waitFor()
    expect((await bodies(page)).filter((body) => body.startsWith(name))).toEqual(
      ['three', 'two', 'one', 'before'].map((end) => `${name} ${end}`),
    )
  })

  it('is noticed by a post that it does not bring', async () => {
    const { page, swallow, forward } = await throughProxy()
    const name = word()
    swallow()
    forward() // For what connects anew, as the post does.
    await post(`${name} of somebody`)
    // What the browser keeps open is swallowed, too: the post is sent again by itself.
    await write(page, `${name} of one's own`)
    await page.getByRole('button', { name: 'Post' }).click()

    await meow(page, `${name} of somebody`).waitFor({ timeout: 45_000 })
    await meow(page, `${name} of one's own`).waitFor()
    await says(page, 'Live')
    expect((await bodies(page)).filter((body) => body.startsWith(name))).toHaveLength(2)
  })
})

describe('where no WebSocket gets through', () => {
  /** A visitor whose proxy knows no upgrades, and perhaps no streams either, until it is another one. */
  async function blocked(streams: 'with streams' | 'without streams') {
    const way = { blocked: true, events: 0 }
    const context = await newContext()
    await context.routeWebSocket(/\/pusher/, (socket) => {
      if (way.blocked) void socket.close()
      else socket.connectToServer()
    })
    await context.route(/\/events/, (route) => {
      way.events += 1
      return streams === 'with streams' ? route.continue() : route.abort()
    })
    const page = await context.newPage()
    await page.goto(`${url}/`)
    return { page, way }
  }

  it('the page is live with Server-Sent Events', async () => {
    const { page, way } = await blocked('with streams')
    const name = word()
    await says(page, 'Live')
    expect(way.events).toBeGreaterThan(0)
    await post(`${name} by a stream`)
    await meow(page, `${name} by a stream`).waitFor({ timeout: 5_000 })
    expect(await page.getByText('does not get through').count()).toBe(0)
  })

  it('nor a stream, new meows come within 5 s, and the page says why', async () => {
    const { page, way } = await blocked('without streams')
    const name = word()
    await says(page, 'Delayed')
    await page.getByText('The live feed does not get through to you').waitFor()
    for (const place of ['one', 'two']) {
      await post(`${name} ${place}`)
      await meow(page, `${name} ${place}`).waitFor({ timeout: 5_000 })
    }
    expect(await violations(page)).toEqual([])
    await screenshot(page, 'delayed')

    way.blocked = false
    await says(page, 'Live')
    await page.getByText('does not get through').waitFor({ state: 'detached' })
    await post(`${name} three`)
    await meow(page, `${name} three`).waitFor({ timeout: 5_000 })
    expect((await bodies(page)).filter((body) => body.startsWith(name))).toEqual(
      ['three', 'two', 'one'].map((end) => `${name} ${end}`),
    )
  })
})

it.each([3, -3])('a fresh meow is fresh to a clock that is %i hours off', async (hours) => {
  const name = word()
  const page = await (await newContext()).newPage()
  await page.clock.install({ time: Date.now() + hours * 3_600_000 })
  await page.goto(`${url}/`)
  await says(page, 'Live')
  await post(`${name} is fresh`)
  expect(await meow(page, `${name} is fresh`).locator('time').textContent()).toMatch(
    /^(just now|\d+ seconds ago)$/,
  )
})

describe('text of somebody else', () => {
  it('turns no sentence around in which it stands', async () => {
    const page = await visitor(desk, `/?q=${encodeURIComponent('zqnothing\u202eesrever')}`)
    const asked = page.locator('h2 bdi')
    await asked.waitFor()
    expect(await asked.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate')
    expect(await page.title()).toBe('\u2068zqnothingesrever\u2069 · Meower')
  })

  it('is not marked as English', async () => {
    const name = word()
    await post(`${name} Guten Morgen`)
    const page = await visitor()
    const body = meow(page, name).locator('.body')
    await body.waitFor()
    expect(await body.evaluate((element) => element.matches(':lang(en)'))).toBe(false)
    expect(await body.getAttribute('dir')).toBe('auto')
  })
})

it('a correction knows of a word before it is composed', async () => {
  const name = word()
  const page = await visitor()
  await write(page, name)
  await page.getByRole('button', { name: 'Post' }).click()
  await meow(page, name).getByRole('button', { name: 'Edit or delete' }).click()
  await meow(page, name).getByRole('button', { name: 'Edit', exact: true }).click()
  const field = page.getByLabel('Edit your meow')
  await field.fill('')
  await compose(page, 'Hello')

  await page.locator('form.editor').getByText('135 characters left').waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true)
})

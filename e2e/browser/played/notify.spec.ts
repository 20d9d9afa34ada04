import type { BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { badge, desk, phone, screenshot, url, violations, visitors } from '../meower.js'
import { holdTime, row } from './played.js'

const { newContext } = visitors()

const tagged = (id: string, tag = 'cats') => ({
  id,
  body: `${id} is about #${tag}`,
  created_at: '2026-01-02T03:04:05Z',
})

/** A tag that is followed, in a browser that says what it was asked for before. */
async function played(permissions: string[], options: BrowserContextOptions = desk) {
  const context = await newContext({ serviceWorkers: 'allow', ...options })
  await context.grantPermissions(permissions, { origin: url })
  const open = new Set<WebSocketRoute>()
  let position = 1
  await context.routeWebSocket(/\/pusher/, (socket) => {
    open.add(socket)
    socket.onClose(() => open.delete(socket))
    socket.send(JSON.stringify({ kind: 2, position: `e-${position}`, resumed: true }))
  })
  await context.route(/\/(meows|search)\?/, (route) =>
    route.fulfill({ headers: { 'Meower-Position': `e-${position}` }, json: [tagged('first')] }),
  )
  const page = await context.newPage()
  const send = (frame: object, tag?: string) => {
    position += 1
    for (const socket of open) {
      const topics = new URL(socket.url()).searchParams.getAll('topic')
      if (tag !== undefined && topics.length > 0 && !topics.includes(`#${tag}`)) continue
      socket.send(JSON.stringify({ ...frame, position: `e-${position}` }))
    }
  }
  await page.goto(`${url}/?tag=cats`)
  await badge(page, 'Live')
  return {
    page,
    context,
    connections: () => open.size,
    say: (id: string, tag = 'cats') => send({ kind: 1, ...tagged(id, tag) }, tag),
    remove: (id: string) => send({ kind: 5, id, deleted_at: '2026-01-02T03:05:00Z', by: 'author' }),
  }
}

const notify = (page: Page) => page.getByRole('switch', { name: 'Notify me of new meows about' })

/** As when another tab or another window is in front of it. */
const look = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

/** What the worker has shown and nobody has taken away. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    const all = await registration.getNotifications()
    return all.map(({ title, body }) => `${title.replace(/[\u2068\u2069]/g, '')}: ${body}`)
  })

/** Lets time pass until something is so. */
const until = <T>(page: Page, what: () => T | Promise<T>) =>
  expect.poll(async () => {
    await page.clock.runFor(1_000)
    return what()
  })

describe('notifications', () => {
  it('tell what came about a followed tag while nobody saw the page, and lead there', async () => {
    const { page, context, connections, say, remove } = await played(['notifications'])
    expect(await notify(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    await notify(page).check()
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    say('seen')
    await row(page, 'seen').waitFor()

    await page.getByRole('link', { name: 'Timeline' }).click()
    await badge(page, 'Live')
    await look(page, 'hidden')
    await expect.poll(connections).toBe(2)
    await holdTime(page)
    const told = () => until(page, () => shown(page))
    say('one')
    say('other', 'dogs')
    await told().toEqual(['1 new meow about #cats: one is about #cats'])
    say('two')
    say('three')
    await told().toEqual(['3 new meows about #cats: three is about #cats'])
    remove('three')
    await told().toEqual(['2 new meows about #cats: two is about #cats'])

    const [worker] = context.serviceWorkers()
    await worker?.evaluate(async () => {
      const scope = self as unknown as {
        registration: ServiceWorkerRegistration
        NotificationEvent: new (type: string, init: object) => globalThis.Event
      }
      const [notification] = await scope.registration.getNotifications()
      self.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
    })
    await page.getByRole('heading', { name: '#cats' }).waitFor()
    expect(await shown(page)).toEqual([])

    await look(page, 'visible')
    await expect.poll(connections).toBe(1)
    say('four')
    await until(page, () => row(page, 'four').count()).toBe(1)
    await page.clock.runFor(20_000)
    expect(await shown(page)).toEqual([])
  })

  it.each([
    ['desk', desk],
    ['phone', phone],
    ['narrow', { viewport: { width: 320, height: 640 } }],
    ['dark', { ...desk, colorScheme: 'dark' }],
    ['forced', { ...desk, forcedColors: 'active' }],
  ] as const)('have a switch that everybody can use: %s', async (name, options) => {
    const { page } = await played(['notifications'], options)
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    await notify(page).check()
    await screenshot(page, `notify-${name}`)
    expect(await violations(page)).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0)
  })

  it('say so where their switch cannot be loaded, and have it when that is tried again', async () => {
    const { page } = await played(['notifications'], { ...desk, serviceWorkers: 'block' })
    const lost = '**/assets/NotifySwitch-*'
    await page.route(lost, (route) => route.abort())
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    await page.getByText('This part of the page could not be loaded.').waitFor()
    await screenshot(page, 'notify-lost')
    expect(await violations(page)).toEqual([])
    await page.unroute(lost)
    await page.getByRole('button', { name: 'Retry' }).focus()
    await page.keyboard.press('Enter')
    await notify(page).waitFor()
    expect(await notify(page).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Space')
    await expect.poll(() => notify(page).isChecked()).toBe(true)
  })

  it('say so where what tells them cannot be loaded, and listen when that is tried again', async () => {
    const { page, connections } = await played(['notifications'], {
      ...desk,
      serviceWorkers: 'block',
    })
    const lost = '**/assets/HeraldPart-*'
    await page.route(lost, (route) => route.abort())
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    await notify(page).check()
    await page.getByText('The part of the page that notifies you of new meows').waitFor()
    await screenshot(page, 'notify-herald-lost')
    expect(await violations(page)).toEqual([])
    await page.unroute(lost)
    const retry = page.getByRole('button', { name: 'Retry' })
    await retry.focus()
    await page.keyboard.press('Enter')
    await retry.waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tag-heading')
    await look(page, 'hidden')
    await expect.poll(connections).toBe(2)
  })

  it('say so where the browser refuses', async () => {
    const { page } = await played([])
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    await notify(page).click()
    await page.getByText('Allow notifications in the settings').waitFor()
    expect(await notify(page).isChecked()).toBe(false)
    await screenshot(page, 'notify-denied')
    expect(await violations(page)).toEqual([])
  })
})

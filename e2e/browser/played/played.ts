import type { BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { atRest, badge, desk, meow, url, violations, write } from '../meower.js'

interface Played {
  id: string
  body: string
  created_at: string
  revision?: number
  edited_at?: string
}

const CREATED_AT = '2026-01-02T03:04:05Z'
export const EDITED_AT = '2026-01-02T03:05:00Z'

export const aMeow = (
  id: string,
  body = `a longer way down ${id} https://example.org/way/${id}`,
) => ({
  id,
  body,
  created_at: CREATED_AT,
})

/** A visitor of servers that do what a test says, in the order that it needs. */
export async function played(
  newContext: (options: BrowserContextOptions) => Promise<BrowserContext>,
  options: BrowserContextOptions = desk,
  count = 50,
) {
  const meows: Played[] = [...Array(count).keys()].map((i) => aMeow(`m${count - i}`))
  const history = [
    { revision: 1, body: 'what it said first', at: CREATED_AT },
    { revision: 2, body: 'what it says now', at: EDITED_AT },
  ]
  let position = 1
  let socket: WebSocketRoute | undefined
  const edits: { status: number; json: object }[] = []
  const context = await newContext(options)
  await context.routeWebSocket(/\/pusher/, (opened) => {
    socket = opened
    opened.send(JSON.stringify({ kind: 2, position: `e-${position}`, resumed: true }))
  })
  await context.route(/\/meows/, async (route) => {
    const request = route.request()
    const { pathname, searchParams } = new URL(request.url())
    const headers = { 'Meower-Position': `e-${position}` }
    if (request.method() === 'POST') {
      const { body } = request.postDataJSON() as { body: string }
      const undo = { 'Meower-Undo': 't-1' }
      return route.fulfill({ status: 201, headers: undo, json: aMeow('own', body) })
    }
    if (request.method() === 'PUT') return route.fulfill(edits.shift())
    if (request.method() === 'DELETE') return route.fulfill({ status: 204 })
    if (pathname.endsWith('/history')) return route.fulfill({ json: history })
    return route.fulfill({ headers, json: searchParams.has('before') ? [] : meows })
  })
  const page = await context.newPage()
  await page.goto(url)
  await shown(page, `m${count}`)
  const send = (frame: object) => {
    position += 1
    socket?.send(JSON.stringify({ ...frame, position: `e-${position}` }))
  }
  return {
    page,
    meows,
    edits,
    create: (id: string) => send({ kind: 1, ...aMeow(id) }),
    edit: (id: string, body: string) =>
      send({ kind: 4, ...aMeow(id, body), revision: 2, edited_at: EDITED_AT }),
    remove: (id: string) => send({ kind: 5, id, deleted_at: EDITED_AT, by: 'author' }),
    post: async (text: string) => {
      await write(page, text)
      await page.getByRole('button', { name: 'Post' }).click()
      // Where the button is far down, what it posts waits above what is read.
      const view = page.getByRole('button', { name: 'View' })
      await meow(page, text).or(view).first().waitFor()
      if (await view.isVisible()) await view.click()
      await meow(page, text).waitFor()
    },
  }
}

/** Returns when a page is live, has the meow, and will not change how it looks: it has its fonts. */
export async function shown(page: Page, id: string) {
  await badge(page, 'Live')
  await row(page, id).waitFor()
  await page.evaluate(() => document.fonts.ready)
}

/**
 * From now on no time passes for the page but by `page.clock.runFor`: what it does for a while it does for
 * as long as the test takes. No frames are told to it meanwhile either.
 */
export async function holdTime(page: Page) {
  await page.clock.install()
  // In a moment that is still to come: until then it goes on.
  await page.clock.pauseAt(Date.now() + 5_000)
}

/** What axe finds while time is held, of which it takes a little itself. */
export async function heldViolations(page: Page): Promise<string[]> {
  let done = false
  const found = violations(page).finally(() => {
    done = true
  })
  while (!done) await page.clock.runFor(1)
  return found
}

export const row = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)

export const top = async (page: Page, id: string) => (await row(page, id).boundingBox())?.y ?? NaN

/** Scrolls so that a meow begins so far below the window’s top: what it stands in, a column or the window. */
export async function scrolledTo(page: Page, id: string, y: number) {
  // What comes into sight gets its height, which moves what is below.
  for (const _ of ['nearly', 'exactly']) {
    await row(page, id).evaluate((element, to) => {
      const top = element.getBoundingClientRect().top - to
      ;(element.closest('[data-column]') ?? window).scrollBy({ top, behavior: 'instant' })
    }, y)
    await atRest(page)
  }
}

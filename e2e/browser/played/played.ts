import type { BrowserContext, BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core'
import { atRest, badge, desk, meow, url, write } from '../meower.js'

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
  await badge(page, 'Live')
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

export const row = (page: Page, id: string) => page.locator(`[data-row="${id}"]`)

export const top = async (page: Page, id: string) => (await row(page, id).boundingBox())?.y ?? NaN

/** Scrolls so that a meow begins so far below the window’s top. */
export async function scrolledTo(page: Page, id: string, y: number) {
  await row(page, id).evaluate((element, to) => {
    window.scrollBy({ top: element.getBoundingClientRect().top - to, behavior: 'instant' })
  }, y)
  // What comes into sight gets its height, which moves what is below.
  await atRest(page)
  await row(page, id).evaluate((element, to) => {
    window.scrollBy({ top: element.getBoundingClientRect().top - to, behavior: 'instant' })
  }, y)
  await atRest(page)
}

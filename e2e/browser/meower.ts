import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'

export function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: these tests are run by ./meower test`)
  return value
}

/** Where the page is. */
export const url = required('MEOWER_URL')

/** Where parts of the stack are stopped; nothing where there is no stack, but a played one. */
const control = process.env.MEOWER_CONTROL
const screenshots = required('MEOWER_SCREENSHOTS')

type Part = 'postgres' | 'nats' | 'elasticsearch' | 'command' | 'query' | 'pusher' | 'nginx'

/** Does something to a part of the stack and returns when it is done. */
export async function disturb(
  action: 'stop' | 'kill' | 'start' | 'pause' | 'resume',
  part: Part,
): Promise<void> {
  const answer = await fetch(`${control}/${part}/${action}`, { method: 'POST' })
  if (!answer.ok) throw new Error(await answer.text())
}

/** Brings back every part that a test has stopped. */
export async function restore(): Promise<void> {
  if (control === undefined) return
  const answer = await fetch(`${control}/restore`, { method: 'POST' })
  if (!answer.ok) throw new Error(await answer.text())
}

/** Posts as a program does. */
export async function post(body: string): Promise<void> {
  const answer = await fetch(`${url}/meows`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ body }),
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** Milliseconds for which somebody waits for something that a browser does: to end what hangs, on any machine. */
const PATIENCE = 60_000

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desk = { viewport: { width: 1280, height: 800 } }

async function launch(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'meower-chromium-'))
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      // Otherwise a worker is not taken from a certificate that a test has signed.
      '--ignore-certificate-errors',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    env: { ...process.env, HOME: profile },
  })
  return {
    browser,
    close: async () => {
      await browser.close()
      // Chromium's helper processes outlive it for a moment, and still write there.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** The browser of one file of tests; what a test opened in it is closed after the test. */
export function visitors() {
  let browser: Browser
  let close: () => Promise<void>
  let contexts: BrowserContext[] = []

  beforeAll(async () => {
    ;({ browser, close } = await launch())
  })

  afterAll(() => close())

  afterEach(async () => {
    // A request that a test holds would fail after the test, as an error of nobody.
    const pages = contexts.flatMap((c) => c.pages())
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'wait' })))
    await Promise.all(contexts.map((c) => c.close()))
    contexts = []
    await restore()
  })

  async function newContext(options: BrowserContextOptions = desk): Promise<BrowserContext> {
    // Whom Node.js believes is said to it from outside; that the certificate is right is tested elsewhere.
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      // It would ask in place of the page, where no test can hold a request.
      serviceWorkers: 'block',
      ...options,
    })
    context.setDefaultTimeout(PATIENCE)
    contexts.push(context)
    return context
  }

  /** Another visitor, who shares nothing with the others. */
  async function visitor(options: BrowserContextOptions = desk, path = '/'): Promise<Page> {
    return open(await newContext(options), path)
  }

  return { newContext, visitor }
}

/** A search that is not sorted by time is not followed. */
const isStill = (path: string) => path.includes('q=') && !path.includes('sort=newest')

/** Opens the page and returns when its live feed is open, if it has one. What it says on the console is an error. */
async function open(context: BrowserContext, path = '/'): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url + path)
  await badge(page, isStill(path) ? 'Not live' : 'Live')
  return page
}

/** Waits until the badge says exactly that: its own name, which nobody sees, begins with "Live", too. */
export async function badge(page: Page, label: string): Promise<void> {
  const words = new RegExp(`[:：] ${label}\\s*$`)
  await page.locator('.badge', { hasText: words }).waitFor()
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('What’s the meow?').fill(text)
}

/** Types as an input method does, and leaves the word before it is chosen. */
export async function compose(page: Page, word: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (let end = 1; end <= word.length; end += 1) {
    const text = word.slice(0, end)
    await session.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
  }
  await session.detach()
}

/** The bodies that are on the page, from top to bottom. */
export async function bodies(page: Page): Promise<string[]> {
  return page.locator('article .body').allInnerTexts()
}

export function meow(page: Page, text: string) {
  return page.locator('article', { hasText: text })
}

/** Returns a line for each violation that axe finds on the page, once nothing fades in any more. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await settled(page)
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe }
    const result = await checker.run({ resultTypes: ['violations'] })
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)
  })
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}

/** As in a browser that does not by itself hold in its place what is read. */
export async function withoutAnchoring(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.setProperty('overflow-anchor', 'none')
    document.body.style.setProperty('overflow-anchor', 'none')
  })
}

/** Returns when nothing fades or slides any more, apart from what does so for ever. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}

/** Returns when nothing has moved for a while, in the window or in a column: what came near has its height. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const scrollers = [document.documentElement, ...document.querySelectorAll('[data-column]')]
    const where = () =>
      scrollers.map(({ scrollTop, scrollHeight }) => `${scrollTop} ${scrollHeight}`).join()
    let before = ''
    for (let still = 0; still < 10; still += 1) {
      await new Promise(requestAnimationFrame)
      if (where() !== before) still = 0
      before = where()
    }
  })
}

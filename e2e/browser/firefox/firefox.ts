import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startServers, type Servers } from '../servers/servers.js'

/** A Firefox, driven over WebDriver BiDi, and the servers of its page: new ones for each test. */
export function firefox() {
  const profile = mkdtempSync(join(tmpdir(), 'meower-firefox-'))
  let browser: Browser
  let servers: Servers
  const complaints: string[] = []
  let expected: RegExp | null = null

  beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      protocol: 'webDriverBiDi',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      userDataDir: profile,
      headless: true,
      // It asks nobody but the servers of the test, and what is asked for the first time waits for nothing.
      extraPrefsFirefox: {
        'network.proxy.type': 0,
        'network.captive-portal-service.enabled': false,
        'network.connectivity-service.enabled': false,
        'network.dns.disablePrefetch': true,
        'network.prefetch-next': false,
      },
      timeout: 180_000,
      protocolTimeout: 180_000,
      env: { ...process.env, HOME: profile },
    })
  })

  beforeEach(async () => {
    servers = await startServers()
    complaints.length = 0
    expected = null
  })

  afterEach(async () => {
    await Promise.all(
      browser
        .browserContexts()
        .slice(1)
        .map((context) => context.close()),
    )
    await servers.close()
    expect(complaints.filter((words) => expected?.test(words) !== true)).toEqual([])
  })

  afterAll(async () => {
    const process = browser.process()
    const ended = process?.exitCode === null ? once(process, 'exit') : Promise.resolve()
    await browser.close()
    await ended
    // Its helper processes outlive it for a moment, and still write there.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 })
  })

  /** Opens an address of the page for somebody who was never there, or by a page of theirs once more. */
  async function open(path = '/', known?: Page): Promise<Page> {
    const context = known?.browserContext() ?? (await browser.createBrowserContext())
    const page = await context.newPage()
    page.setDefaultTimeout(45_000)
    await page.setViewport({ width: 1280, height: 800 })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text())
    })
    await page.evaluateOnNewDocument(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI}`)
      })
    })
    await page.goto(servers.url + path)
    return page
  }

  /** Firefox says by itself what a test does to its network. */
  function expectComplaint(words: RegExp) {
    expected = words
  }

  return { open, servers: () => servers, expectComplaint }
}

/** Waits until the badge says exactly that. */
export async function badge(page: Page, words: string) {
  await page.waitForFunction(
    (label) => document.querySelector('.badge')?.textContent.trim().endsWith(`: ${label}`),
    {},
    words,
  )
}

export const bodies = (page: Page) =>
  page.$$eval('article .body', (all) => all.map(({ textContent }) => textContent.trim()))

/** Waits until a text is on the page, or is not any more. */
export async function shows(page: Page, text: string, there = true) {
  await page.waitForFunction(
    (wanted, expected) => document.body.innerText.includes(wanted) === expected,
    {},
    text,
    there,
  )
}

/** Presses the button that says exactly that, inside of what a selector finds. */
export async function press(page: Page, name: string, inside = 'body') {
  const found = await page.waitForFunction(
    (wanted, root) =>
      [...(document.querySelector(root)?.querySelectorAll('button') ?? [])].find(
        ({ textContent, offsetParent, disabled }) =>
          textContent.replace(/\s+/g, ' ').trim() === wanted && offsetParent !== null && !disabled,
      ),
    {},
    name,
    inside,
  )
  await (found.asElement() as ElementHandle<Element> | null)?.click()
}

export const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ?? activeElement?.id ?? ''
  })

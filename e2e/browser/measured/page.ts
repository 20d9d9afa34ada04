import { startServers, type Servers } from '../servers/servers.js'
import { aText, busy } from './busy.js'
import type { Visit } from './browser.js'
import { desk, inChromium, phone, seen, share, slow, slowNetwork, watched } from './browser.js'

const PER_SECOND = 20
const SECONDS = 20
const LOADED = 3_000

export interface Row {
  readonly what: string
  readonly figures: readonly number[]
  readonly target: string
  readonly format: (figure: number) => string
}

const percent = (figure: number) => `${(100 * figure).toFixed(1)} %`
const seconds = (figure: number) => `${(figure / 1_000).toFixed(2)} s`
const score = (figure: number) => figure.toFixed(3)

/** What a reader of a busy feed gets, on a desk and on a phone; each measured several times. */
export async function measurePage(rounds: number, only: string): Promise<Row[]> {
  const measurements = [
    ['CLS in 20 s at 20 meows/s, desk', '≤ 0.05', score, () => shifts(desk)],
    ['CLS in 20 s at 20 meows/s, phone', '≤ 0.05', score, () => shifts(phone)],
    ['main thread, desk at the top', '≤ 10 %', percent, () => atTheTop(desk, 1)],
    ['main thread, phone at the top', '≤ 30 %', percent, () => atTheTop(phone, 4)],
    ['main thread, 3,000 loaded, deep', '≤ 10 %', percent, deep],
    ['LCP, desk', '≤ 0.4 s', seconds, () => largest(desk, false)],
    ['LCP, phone, slow 4G', '≤ 1.8 s', seconds, () => largest(phone, true)],
  ] as const
  const rows: Row[] = []
  for (const [what, target, format, measure] of measurements) {
    if (!what.includes(only)) continue
    const figures: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const figure = await measure()
      figures.push(figure)
      console.log(`${what}: ${format(figure)}`)
    }
    rows.push({ what, figures, target, format })
  }
  return rows
}

/** A visit of servers that have something to read. */
async function visit<T>(
  options: typeof desk,
  count: number,
  action: (visit: Visit, servers: Servers) => Promise<T>,
): Promise<T> {
  const servers = await startServers()
  servers.stream.fill(count, aText)
  try {
    return await inChromium(options, async (at) => {
      await watched(at.page)
      return action(at, servers)
    })
  } finally {
    await servers.close()
  }
}

const open = async ({ page }: Visit, { url }: Servers) => {
  await page.goto(url)
  await page.locator('article').nth(20).waitFor()
  await page.locator('.badge', { hasText: /: Live\s*$/ }).waitFor({ timeout: 45_000 })
  // What begins is over: fonts, the worker, what is loaded on demand.
  await page.waitForTimeout(3_000)
}

const shifts = (options: typeof desk) =>
  visit(options, 200, async (at, servers) => {
    await open(at, servers)
    const before = (await seen(at.page)).shift
    const stop = busy(servers.stream, PER_SECOND)
    await at.page.waitForTimeout(SECONDS * 1_000)
    stop()
    return (await seen(at.page)).shift - before
  })

const atTheTop = (options: typeof desk, slower: number) =>
  visit(options, 200, async (at, servers) => {
    await open(at, servers)
    await slow(at, slower)
    const stop = busy(servers.stream, PER_SECOND)
    const figure = await share(at, SECONDS)
    stop()
    return figure
  })

const deep = () =>
  visit(desk, LOADED + 200, async (at, servers) => {
    await open(at, servers)
    const { page } = at
    await page.evaluate(async (count) => {
      while (document.querySelectorAll('article').length < count) {
        window.scrollTo(0, document.documentElement.scrollHeight)
        const buttons = [...document.querySelectorAll('button')]
        buttons.find(({ textContent }) => textContent.includes('Load older'))?.click()
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }, LOADED)
    await page.evaluate(() => window.scrollBy(0, -3_000))
    await page.waitForTimeout(2_000)
    const stop = busy(servers.stream, PER_SECOND)
    const figure = await share(at, SECONDS)
    stop()
    return figure
  })

const largest = (options: typeof desk, throttled: boolean) =>
  visit(options, 200, async (at, servers) => {
    if (throttled) {
      await slow(at)
      await slowNetwork(at)
    }
    await at.page.goto(servers.url)
    await at.page.locator('article').nth(20).waitFor()
    await at.page.waitForTimeout(1_000)
    return (await seen(at.page)).largest
  })

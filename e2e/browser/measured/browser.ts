import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContextOptions, type CDPSession, type Page } from 'playwright-core'

export const desk = { viewport: { width: 1280, height: 800 } }
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
/** A phone is so many times slower than the machine. */
export const SLOWER = 4

export interface Visit {
  readonly page: Page
  readonly session: CDPSession
}

/** A Chromium that measures, for as long as the action takes. */
export async function inChromium<T>(
  options: BrowserContextOptions,
  action: (visit: Visit) => Promise<T>,
): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'meower-measured-'))
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    env: { ...process.env, HOME: profile },
  })
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', ...options })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    // By the processor's clock: what else runs on the machine does not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return await action({ page, session })
  } finally {
    await browser.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

export const slow = ({ session }: Visit, rate = SLOWER) =>
  session.send('Emulation.setCPUThrottlingRate', { rate })

/** 1.6 Mbit/s with a round trip of 150 ms. */
export async function slowNetwork({ session }: Visit) {
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
}

async function worked({ session }: Visit): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
}

/** Which part of the time the main thread works. */
export async function share(visit: Visit, seconds: number): Promise<number> {
  const before = await worked(visit)
  const from = performance.now()
  await visit.page.waitForTimeout(seconds * 1_000)
  return ((await worked(visit)) - before) / ((performance.now() - from) / 1_000)
}

/** The bytes that are in use once nothing is left that nobody needs. */
export async function heap({ session }: Visit): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

/** Watches from the first moment of a page what moves by itself, and when the largest part is there. */
export const watched = (page: Page) =>
  page.addInitScript(() => {
    const seen = { shift: 0, largest: 0 }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as unknown as { value: number; hadRecentInput: boolean }
        if (!shift.hadRecentInput) seen.shift += shift.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.largest = entry.startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })

export const seen = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: { shift: number; largest: number } }).seen)

import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { desk, visitors } from '../meower.js'
import { played, scrolledTo } from './played.js'

const { newContext } = visitors()

const COUNT = 300

/** Far fewer than there are rows: what is out of sight costs nothing. */
const FEW = COUNT / 3

interface Styled {
  readonly name: string
  readonly args: { readonly elementCount?: number }
}

/** How many elements each styling of the page was about, while something happens. */
async function styled(session: CDPSession, action: () => Promise<void>): Promise<number[]> {
  const events: Styled[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as Styled[]))
  })
  await session.send('Tracing.start', {
    categories: 'devtools.timeline',
    transferMode: 'ReportEvents',
  })
  await action()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
    .filter(({ name }) => name === 'UpdateLayoutTree')
    .map(({ args: { elementCount = 0 } }) => elementCount)
}

/** How often something was styled so far, also what is out of sight and was asked for. */
async function stylings(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'RecalcStyleCount')?.value ?? NaN
}

/** Somebody who reads far down in a list of which all is loaded. */
async function deep() {
  const visit = await played(newContext, desk, COUNT)
  await scrolledTo(visit.page, 'm100', 40)
  await remembered(visit.page, 'm100')
  const session = await visit.page.context().newCDPSession(visit.page)
  await session.send('Performance.enable')
  return { ...visit, session }
}

/** Returns when it is kept where somebody reads. */
const remembered = (page: Page, id: string) =>
  page.waitForFunction(
    (read) => Object.values(sessionStorage).some((kept: string) => kept.includes(`"id":"${read}"`)),
    id,
  )

describe('far down in a long list', () => {
  it('nothing is styled anew but what changes when meows come', async () => {
    const { page, session, create } = await deep()
    const come = async (count: number) => {
      create(`new${count}`)
      await page.locator('.fresh button', { hasText: `${count}` }).waitFor()
    }
    await come(1) // With the button for them, which all that is below it makes room for.
    const counts = await styled(session, async () => {
      for (let count = 2; count <= 6; count += 1) await come(count)
    })
    expect(counts.length).toBeGreaterThanOrEqual(5)
    expect(Math.max(...counts)).toBeLessThan(FEW)
  })

  it('what is out of sight is not laid out to see where somebody reads', async () => {
    const { page, session } = await deep()
    // In other colours, which is nothing that has to be seen to for what is out of sight.
    await page.evaluate(() => document.documentElement.style.setProperty('--ink', '#123'))
    const before = await stylings(session)
    await page.evaluate(() => window.scrollBy(0, -60))
    await remembered(page, 'm101')
    const count = (await stylings(session)) - before
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(FEW)
  })
})

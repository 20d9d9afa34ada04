import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  atRest,
  desk,
  phone,
  screenshot,
  url,
  violations,
  visitors,
  withoutAnchoring,
} from '../meower.js'
import { played as playedFor, row, scrolledTo, top } from './played.js'

const { newContext } = visitors()

const played = (options?: BrowserContextOptions, count?: number) =>
  playedFor(newContext, options, count)

const muted = (page: Page) => page.locator('.muted')

const height = async (page: Page, id: string) => (await row(page, id).boundingBox())?.height ?? NaN

const focusIn = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row)

/** Another tab, in which something is muted, or nothing any more. */
async function otherTab(page: Page) {
  const other = await page.context().newPage()
  await other.goto(`${url}/robots.txt`)
  return async (...words: readonly string[]) => {
    const mutes = words.map((what) => ({
      kind: 'word',
      what,
      since: 0,
      until: null,
    }))
    await other.evaluate((value) => {
      localStorage.setItem('meower.mutes', value)
    }, JSON.stringify(mutes))
    // Of a tab that is behind another one the browser draws a frame a second.
    await page.bringToFront()
  }
}

const lines = (count: number) => [...Array(count).keys()].map((i) => `line ${i}`).join('\n')

const devices = [
  { name: 'a desk', options: desk },
  { name: 'a phone', options: phone },
]

describe.each(devices)('what is muted on $name', ({ options }) => {
  it.each([true, false])('moves nothing that is read (anchoring: %s)', async (anchoring) => {
    const { page } = await played(options)
    if (!anchoring) await withoutAnchoring(page)
    await scrolledTo(page, 'm20', 200)
    const mute = await otherTab(page)
    const before = await top(page, 'm20')

    await mute('m45', 'm40', 'm35', 'm24', 'm19')

    await expect.poll(() => muted(page).count()).toBe(5)
    await atRest(page)
    expect(Math.abs((await top(page, 'm20')) - before)).toBeLessThanOrEqual(1)

    await mute()

    await expect.poll(() => muted(page).count()).toBe(0)
    await atRest(page)
    expect(Math.abs((await top(page, 'm20')) - before)).toBeLessThanOrEqual(1)
  })

  it('follows an edit above what is read', async () => {
    const { page, edit } = await played(options)
    await withoutAnchoring(page)
    const mute = await otherTab(page)
    await mute('spoiler')
    await scrolledTo(page, 'm20', 200)
    const before = await top(page, 'm20')

    edit('m22', 'now a SPOILER')

    await muted(page).waitFor({ state: 'attached' })
    await atRest(page)
    expect(Math.abs((await top(page, 'm20')) - before)).toBeLessThanOrEqual(1)
  })

  it('is found by touch and by keyboard, and can be lifted there', async () => {
    const { page, edit } = await played(options)
    edit('m48', 'what a #spoiler, and a #cat with a tail')
    await row(page, 'm48').getByText('#spoiler').waitFor()
    await row(page, 'm48').getByRole('button', { name: 'Hide or mute' }).click()
    const dialog = page.getByRole('dialog', { name: 'Hide and mute' })
    await dialog.getByLabel('For a day').check()
    await dialog.getByLabel('A word, a phrase or a #tag').fill('way down m47')
    await dialog.getByRole('button', { name: 'Mute', exact: true }).click()
    await dialog.getByText('for 24 more hours').waitFor()
    await screenshot(page, `mutes-dialog-${options.viewport.width}`)
    expect(await violations(page)).toEqual([])

    await dialog.getByRole('button', { name: 'Mute #spoiler' }).click()

    await row(page, 'm48').getByText('Hidden: tagged #spoiler').waitFor()
    await row(page, 'm47').getByText('Hidden: contains “way down m47”').waitFor()
    await expect.poll(() => focusIn(page)).toBe('m48')
    expect(await height(page, 'm48')).toBeLessThan(60)
    await screenshot(page, `muted-${options.viewport.width}`)
    expect(await violations(page)).toEqual([])

    await row(page, 'm47').getByRole('button', { name: 'Show' }).click()
    await row(page, 'm47').locator('.body').waitFor()
    await expect.poll(() => focusIn(page)).toBe('m47')

    await row(page, 'm48').getByRole('button', { name: 'Mutes' }).click()
    await dialog.getByRole('button', { name: /Lift.*spoiler/ }).click()
    await page.keyboard.press('Escape')
    await row(page, 'm48').locator('.body').waitFor()
    await expect.poll(() => focusIn(page)).toBe('m48')
  })
})

describe('the keys', () => {
  it('hide the meow that has the focus, which stays where it is, and open its page', async () => {
    const { page } = await played()
    await withoutAnchoring(page)
    await scrolledTo(page, 'm30', 200)
    await row(page, 'm30').locator('article').focus()
    const before = await top(page, 'm30')

    await page.keyboard.press('x')

    await row(page, 'm30').getByText('Hidden by you').waitFor()
    expect(Math.abs((await top(page, 'm30')) - before)).toBeLessThanOrEqual(1)
    await page.keyboard.press('j')
    expect(await focusIn(page)).toBe('m29')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/meows/m29')
  })

  it('show what is muted once more after a reload', async () => {
    const { page } = await played()
    await row(page, 'm49').locator('article').focus()
    await page.keyboard.press('x')
    await muted(page).waitFor()
    await page.reload()
    await muted(page).waitFor()
    expect(await muted(page).getAttribute('aria-posinset')).toBe('2')
  })
})

describe('where nothing may be stored', () => {
  it('mutes all the same', async () => {
    const { page } = await playedFor(async (options) => {
      const context = await newContext(options)
      await context.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage'])
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('no', 'SecurityError')
            },
          })
      })
      return context
    })
    await row(page, 'm49').locator('article').focus()
    await page.keyboard.press('x')
    await muted(page).waitFor()
  })
})

describe('a line that is muted', () => {
  it.each([
    { name: 'dark', options: { ...phone, colorScheme: 'dark' } as const },
    { name: 'forced', options: { ...desk, forcedColors: 'active' } as const },
    { name: 'narrow', options: { viewport: { width: 320, height: 640 } } },
  ])('is one line, and accessible: $name', async ({ name, options }) => {
    const { page, edit } = await played(options)
    edit('m48', `${'very '.repeat(20)} long`)
    await row(page, 'm48').getByText('long').waitFor()
    const mute = await otherTab(page)
    await mute(`${'very '.repeat(20)}long`, 'm46')
    await expect.poll(() => muted(page).count()).toBe(2)
    expect(await height(page, 'm48')).toBe(await height(page, 'm46'))
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await screenshot(page, `muted-${name}`)
    expect(await violations(page)).toEqual([])

    await row(page, 'm46').getByRole('button', { name: 'Mutes' }).click()
    await page.getByRole('dialog', { name: 'Hide and mute' }).waitFor()
    expect(await overflow()).toBeLessThanOrEqual(0)
    await screenshot(page, `mutes-dialog-${name}`)
    expect(await violations(page)).toEqual([])
  })
})

describe.each(devices)('a long meow on $name', ({ options }) => {
  /** Where the beginning of its text is. */
  const textTop = async (page: Page, id: string) =>
    (await row(page, id).locator('.body').boundingBox())?.y ?? NaN

  it('is ten lines high, and folded out below what is read', async () => {
    const { page, edit } = await played(options)
    await withoutAnchoring(page)
    edit('m30', lines(15))
    await row(page, 'm30').getByText('line 1').first().waitFor({ state: 'attached' })
    await scrolledTo(page, 'm30', 100)
    const folded = await row(page, 'm30').locator('.lines').boundingBox()
    const before = await textTop(page, 'm30')
    await screenshot(page, `long-${options.viewport.width}`)
    expect(await violations(page)).toEqual([])

    await row(page, 'm30').getByRole('button', { name: 'Show all' }).click()

    const less = row(page, 'm30').getByRole('button', { name: 'Show less' })
    await less.waitFor()
    const whole = await row(page, 'm30').locator('.lines').boundingBox()
    expect((whole?.height ?? 0) / (folded?.height ?? 1)).toBeCloseTo(1.5, 1)
    expect(Math.abs((await textTop(page, 'm30')) - before)).toBeLessThanOrEqual(1)

    await less.click()
    await row(page, 'm30').getByRole('button', { name: 'Show all' }).waitFor()
    expect(Math.abs((await textTop(page, 'm30')) - before)).toBeLessThanOrEqual(1)
  })

  it.each([true, false])('is folded up where it was pressed (anchoring: %s)', async (anchoring) => {
    const { page, edit } = await played(options)
    if (!anchoring) await withoutAnchoring(page)
    edit('m30', lines(60))
    await row(page, 'm30').getByText('line 1').first().waitFor({ state: 'attached' })
    await scrolledTo(page, 'm30', 100)
    await row(page, 'm30').getByRole('button', { name: 'Show all' }).click()
    await scrolledTo(page, 'm29', 500)
    const below = await top(page, 'm29')

    await row(page, 'm30').getByRole('button', { name: 'Show less' }).click()

    await row(page, 'm30').getByRole('button', { name: 'Show all' }).waitFor()
    await atRest(page)
    expect(Math.abs((await top(page, 'm29')) - below)).toBeLessThanOrEqual(1)
  })

  it.each([true, false])('above moves nothing that is read (anchoring: %s)', async (anchoring) => {
    const { page, edit } = await played(options)
    if (!anchoring) await withoutAnchoring(page)
    await scrolledTo(page, 'm20', 200)
    const before = await top(page, 'm20')
    edit('m24', lines(15))
    await row(page, 'm24').getByRole('button', { name: 'Show all' }).waitFor({ state: 'attached' })
    await atRest(page)
    expect(Math.abs((await top(page, 'm20')) - before)).toBeLessThanOrEqual(1)
  })

  it('is shown as a whole to whoever comes to a link in it, and on paper', async () => {
    const { page, edit } = await played(options)
    edit('m49', `${lines(12)}\nhttps://example.org/last`)
    edit('m48', lines(15))
    const all = row(page, 'm49').getByRole('button', { name: 'Show all' })
    await all.waitFor()
    await row(page, 'm49').getByRole('link', { name: 'last' }).focus()
    await row(page, 'm49').getByRole('button', { name: 'Show less' }).waitFor()

    await page.emulateMedia({ media: 'print' })
    const hidden = await row(page, 'm48')
      .locator('.lines')
      .evaluate((e) => e.scrollHeight - e.clientHeight)
    expect(hidden).toBe(0)
    await row(page, 'm48').getByText('line 14').waitFor()
    await screenshot(page, `long-print-${options.viewport.width}`)
  })
})

describe('how long a meow is', () => {
  it('depends on how wide its lines are', async () => {
    const { page, edit } = await played()
    edit('m49', 'words and words and words and words and words\n'.repeat(6).trim())
    await row(page, 'm49').getByText('words').waitFor()
    const all = row(page, 'm49').getByRole('button', { name: 'Show all' })
    // What comes later is measured later.
    edit('m48', lines(15))
    await row(page, 'm48').getByRole('button', { name: 'Show all' }).waitFor()
    expect(await all.count()).toBe(0)
    await page.setViewportSize({ width: 320, height: 640 })
    await all.waitFor()
    await page.setViewportSize(desk.viewport)
    await all.waitFor({ state: 'detached' })
  })
})

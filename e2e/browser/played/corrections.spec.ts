import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  atRest,
  bodies,
  desk,
  meow,
  phone,
  violations,
  visitors,
  withoutAnchoring,
} from '../meower.js'
import {
  EDITED_AT,
  aMeow,
  heldViolations,
  holdTime,
  played as playedFor,
  row,
  scrolledTo,
  top,
} from './played.js'

const { newContext } = visitors()

const played = (options?: BrowserContextOptions, count?: number) =>
  playedFor(newContext, options, count)

const focusIn = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row)

describe.each([
  { name: 'a desk', options: desk },
  { name: 'a phone', options: phone },
])('a deleted meow on $name', ({ options }) => {
  it.each([
    { anchoring: 'with', id: 'm40', where: 'above the window' },
    { anchoring: 'with', id: 'm22', where: 'above what is read' },
    { anchoring: 'without', id: 'm40', where: 'above the window' },
    { anchoring: 'without', id: 'm22', where: 'above what is read' },
    { anchoring: 'without', id: 'm19', where: 'below what is read' },
  ])('$where moves nothing that is read, $anchoring the browser’s help', async (given) => {
    const { page, remove } = await played(options)
    if (given.anchoring === 'without') await withoutAnchoring(page)
    // m22 is the first one that can be seen, and m20 is what is read.
    await scrolledTo(page, 'm22', 70)
    const read = given.id === 'm22' ? 'm21' : 'm20'
    const before = await top(page, read)

    remove(given.id)

    await row(page, given.id).waitFor({ state: 'detached' })
    await atRest(page)
    expect(Math.abs((await top(page, read)) - before)).toBeLessThanOrEqual(1)
  })

  it('moves nothing above it at the top of the list', async () => {
    const { page, remove } = await played(options)
    const before = await top(page, 'm49')

    remove('m47')

    await row(page, 'm47').waitFor({ state: 'detached' })
    expect(Math.abs((await top(page, 'm49')) - before)).toBeLessThanOrEqual(1)
  })

  it('says so to whoever has the focus there, moves nothing, and hands it on', async () => {
    const { page, remove } = await played(options)
    await scrolledTo(page, 'm22', 70)
    await row(page, 'm20').getByRole('link').first().focus()
    const before = await top(page, 'm22')
    await holdTime(page)

    remove('m20')

    await row(page, 'm20').getByText('This meow was deleted.').waitFor()
    expect(await focusIn(page)).toBe('m20')
    expect(await heldViolations(page)).toEqual([])
    expect(Math.abs((await top(page, 'm22')) - before)).toBeLessThanOrEqual(1)
    await page.clock.runFor(4_000)
    await row(page, 'm20').waitFor({ state: 'detached' })
    expect(await focusIn(page)).toBe('m19')
    expect(Math.abs((await top(page, 'm22')) - before)).toBeLessThanOrEqual(1)
  })
})

describe('new meows at the top', () => {
  it('are shown there, also together with a deletion', async () => {
    const { page, create, remove } = await played()
    create('n1')
    create('n2')
    remove('m49')
    await row(page, 'm49').waitFor({ state: 'detached' })
    await expect.poll(async () => (await bodies(page))[0]).toContain('n2')
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })
})

describe.each([
  { name: 'a desk', options: desk },
  { name: 'a phone', options: phone },
  { name: 'a desk at 400 %', options: { viewport: { width: 320, height: 256 } } },
])('on $name', ({ options }) => {
  const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

  it('menu, editor, conflict and deletion are reached with the keyboard, and whole', async () => {
    const { page, edits, post } = await played(options)
    await post('my frist meow')
    const own = row(page, 'own')
    const menu = own.getByRole('button', { name: 'Edit or delete' })
    await menu.focus()
    await page.keyboard.press('Enter')
    expect(await menu.getAttribute('aria-expanded')).toBe('true')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await own.getByRole('button', { name: 'Delete', exact: true }).count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    const now = { ...aMeow('own', 'what another tab wrote'), revision: 2, edited_at: EDITED_AT }
    const edited = { ...now, revision: 3, body: 'my first meow' }
    edits.push(
      { status: 412, json: { type: '/problems/edited-meanwhile', detail: 'x', meow: now } },
      { status: 200, json: edited },
    )
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('my first meow')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await own.getByText('what another tab wrote').waitFor()
    expect(await own.getByLabel('Your text').inputValue()).toBe('my first meow')
    expect(await violations(page)).toEqual([])
    expect(await width(page)).toBeLessThanOrEqual(options.viewport.width)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => own.locator('.body').innerText()).toBe('my first meow')

    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className))
      .toContain('toggle')
    // It can be written again for a while only.
    await holdTime(page)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await own.getByText('Deleted.').waitFor()
    expect(await heldViolations(page)).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    // The composer, or above what is read where that cannot be seen.
    const field = page.getByLabel('What’s the meow?').and(page.locator(':focus'))
    await expect.poll(() => field.inputValue()).toBe('my first meow')
  })

  it('the history is read with the keyboard', async () => {
    const { page, edit } = await played(options)
    edit('m50', 'what it says now')
    const edited = row(page, 'm50').getByRole('button', { name: 'edited' })
    await edited.focus()
    await page.keyboard.press('Enter')
    await row(page, 'm50').getByText('what it said first').waitFor()
    await row(page, 'm50').getByText('An edit corrects, a deletion erases').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await width(page)).toBeLessThanOrEqual(options.viewport.width)
    await page.keyboard.press('Escape')
    expect(await edited.getAttribute('aria-expanded')).toBe('false')
  })
})

describe('the menu', () => {
  it('is there after a reload, too', async () => {
    const { page, meows, post } = await played()
    await post('kept for later')
    meows.unshift(aMeow('own', 'kept for later'))
    await page.reload()
    await row(page, 'own').getByRole('button', { name: 'Edit or delete' }).waitFor()
  })
})

import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { desk, violations, visitors } from '../meower.js'
import { EDITED_AT, aMeow, holdTime, played as playedFor, row } from './played.js'

const { newContext } = visitors()

/** So many stops there are at most before something that is near. */
const NEAR = 20

const texts = [
  { name: 'emoji alone', text: '🐈‍⬛👩‍👩‍👧‍👦🏳️‍🌈 1️⃣ 👋🏿', edited: '🐈‍⬛', direction: 'ltr' },
  { name: 'right to left', text: 'مرحبا #قطط ٣ abc', edited: 'שלום עולם', direction: 'rtl' },
  { name: 'one long word', text: 'a'.repeat(140), edited: 'Ω'.repeat(140), direction: 'ltr' },
  { name: 'marks on letters', text: 'Z̴͑ͫa̐́l̈̂g̃̀o', edited: 'นี้ คือ ฎีกา हिन्दी', direction: 'ltr' },
]

const hasFocus = (what: Locator) =>
  what.evaluateAll((all) => all.some((element) => element === document.activeElement))

/** Goes on with a key until something has the focus, on the way to which nothing loses it. */
async function goTo(what: Locator, key = 'Tab') {
  const page = what.page()
  for (let stops = 0; stops < NEAR; stops += 1) {
    if (await hasFocus(what)) return
    await page.keyboard.press(key)
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  }
  expect(await hasFocus(what)).toBe(true)
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

describe.each([
  { where: 'a desk', options: desk },
  { where: 'a narrow window', options: { viewport: { width: 320, height: 640 } } },
])('with nothing but the keyboard, on $where,', ({ options }) => {
  it.each(texts)('$name is posted, edited, found, opened and deleted', async (given) => {
    const { text, edited, direction } = given
    const { page, edits, meows } = await playedFor(newContext, options)
    let asked = ''
    await page.route(/\/search\?/, (route) => {
      asked = new URL(route.request().url()).searchParams.get('query') ?? ''
      return route.fulfill({
        headers: { 'Meower-Position': 'e-1', 'Meower-Total': '1' },
        json: [{ ...now, matches: [{ start: 0, end: now.body.length }] }],
      })
    })
    const own = row(page, 'own')
    const body = own.locator('.body')

    await page.keyboard.press('c')
    await page.keyboard.insertText(text)
    await page.keyboard.press('Control+Enter')
    await body.waitFor()
    await expect.poll(() => body.innerText()).toBe(text)
    expect(await body.evaluate((element) => getComputedStyle(element).direction)).toBe(direction)
    expect(await overflow(page)).toBeLessThanOrEqual(0)

    const now = { ...aMeow('own', edited), revision: 2, edited_at: EDITED_AT }
    edits.push({ status: 200, json: now })
    const menu = own.getByRole('button', { name: 'Edit or delete' })
    await goTo(menu)
    await page.keyboard.press('Enter')
    await goTo(own.getByRole('button', { name: 'Edit', exact: true }))
    await page.keyboard.press('Enter')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(edited)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => body.innerText()).toBe(edited)
    await expect.poll(() => hasFocus(menu)).toBe(true)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    meows.unshift(now)

    await page.keyboard.press('/')
    await page.keyboard.insertText(edited)
    await page.keyboard.press('Enter')
    await own.locator('mark').first().waitFor()
    expect(asked).toBe(edited)
    // A row has a text when it is in sight, and that is looked at once in a frame.
    await expect.poll(() => body.innerText()).toBe(edited)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await violations(page)).toEqual([])

    await goTo(own.locator('article'))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/meows/own')
    await page.goBack()
    await own.locator('mark').first().waitFor()

    await page.keyboard.press('j')
    await goTo(menu)
    await page.keyboard.press('Enter')
    await goTo(own.getByRole('button', { name: 'Delete', exact: true }))
    // It can be written again for a while only.
    await holdTime(page)
    await page.keyboard.press('Enter')
    await own.getByText('Deleted.').waitFor()
    await goTo(own.getByRole('button', { name: 'Write it again' }))
    await page.keyboard.press('Enter')
    const field = page.getByLabel('What’s the meow?').and(page.locator(':focus'))
    await expect.poll(() => field.inputValue()).toBe(edited)
  })
})

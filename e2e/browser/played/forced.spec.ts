import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { desk, phone, url, visitors } from '../meower.js'
import { aMeow, played as playedFor, row } from './played.js'

const { newContext } = visitors()

/** Where nobody is at it: what is pointed at, or has the focus, looks otherwise. */
async function looks(what: Locator) {
  const page = what.page()
  await page.mouse.move(0, 0)
  await page.evaluate(async () => {
    await document.fonts.ready
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  const pixels = await what.screenshot({ animations: 'disabled', caret: 'hide' })
  return pixels.toString('base64')
}

const devices = [
  { name: 'a desk', options: { ...desk, forcedColors: 'active' } },
  { name: 'a phone', options: { ...phone, forcedColors: 'active' } },
] as const

describe.each(devices)('where the colours are the reader’s own, on $name,', ({ options }) => {
  async function played() {
    const all = await playedFor(newContext, options as BrowserContextOptions)
    await all.page.route(/\/search\?/, (route) =>
      route.fulfill({
        headers: { 'Meower-Position': 'e-1', 'Meower-Total': '1' },
        json: [{ ...aMeow('found', 'a cat, and another cat'), matches: [{ start: 2, end: 5 }] }],
      }),
    )
    return all.page
  }

  const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

  it('the view that is shown can be told', async () => {
    const page = await played()
    const [timeline, search] = [link(page, 'Timeline'), link(page, 'Search')]
    const [shown, other] = [await looks(timeline), await looks(search)]
    await search.click()
    await page.getByLabel('Search meows').waitFor()
    expect(await looks(timeline)).not.toBe(shown)
    expect(await looks(search)).not.toBe(other)
  })

  it('the tab of a tag that is shown can be told', async () => {
    const page = await played()
    await page.goto(`${url}/?tag=cats`)
    await page.getByRole('button', { name: 'Follow #cats' }).click()
    const shown = await looks(link(page, '#cats'))
    await link(page, 'Timeline').click()
    await row(page, 'm50').waitFor()
    expect(await looks(link(page, '#cats'))).not.toBe(shown)
  })

  it('that the list is paused can be told, and its pace', async () => {
    const page = await played()
    const pause = page.getByRole('button', { name: 'Pause', exact: true })
    const going = await looks(pause)
    await page.keyboard.press('p')
    await page.locator('[aria-pressed=true]').waitFor()
    expect(await looks(pause)).not.toBe(going)

    await page.getByRole('button', { name: 'How new meows come' }).click()
    const chosen = page.locator('input[name=pace]:checked')
    const other = page.locator('input[name=pace]:not(:checked)').first()
    expect(await looks(chosen)).not.toBe(await looks(other))
    const said = page.locator('input[name=announcing]')
    const before = await looks(said)
    await said.click()
    expect(await looks(said)).not.toBe(before)
  })

  it('the order of what is found can be told, and what was searched in it', async () => {
    const page = await played()
    await page.goto(`${url}/?q=cat`)
    const mark = row(page, 'found').locator('mark')
    await mark.waitFor()
    const plain = row(page, 'found').locator('.body')
    const marked = await looks(plain)
    await mark.evaluate((element) => element.replaceWith(element.textContent))
    expect(await looks(plain)).not.toBe(marked)

    const newest = page.locator('label', { hasText: 'Newest' })
    const before = await looks(newest)
    await newest.click()
    await page.waitForURL(/sort=newest/)
    expect(await looks(newest)).not.toBe(before)
  })

  it('how long something is muted can be told', async () => {
    const page = await played()
    await row(page, 'm50').getByRole('button', { name: 'Hide or mute' }).click()
    const day = page.getByRole('dialog').getByLabel('For a day')
    const before = await looks(day)
    await day.check()
    expect(await looks(day)).not.toBe(before)
  })

  it('a text that cannot be posted can be told', async () => {
    const page = await played()
    const field = page.getByLabel('What’s the meow?')
    const style = () =>
      field.evaluate((element) => {
        const { borderStyle, borderWidth } = getComputedStyle(element)
        return `${borderWidth} ${borderStyle}`
      })
    const fine = await style()
    await field.fill('a'.repeat(141))
    await expect.poll(style).not.toBe(fine)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { atRest, badge, desk, phone, screenshot, url, violations, visitors } from '../meower.js'
import { played, row, scrolledTo, top } from './played.js'

const { newContext } = visitors()

const narrow = { viewport: { width: 320, height: 640 } }

/** Each language, with what its badge says while the feed is live, and how it asks for text. */
const LANGUAGES = [
  ['en', 'Live', 'What’s the meow?'],
  ['de', 'Live', 'Was miaust du?'],
  ['fr', 'En direct', 'Quel miaou ?'],
  ['es', 'En vivo', '¿Qué maúllas?'],
  ['ja', 'ライブ', 'どんなニャー？'],
  ['ar', 'مباشر', 'ما مواؤك؟'],
] as const

const menu = (page: Page) => page.locator('.pace button').nth(1)

/** Chooses a language as a reader does, whichever the page has now. */
async function choose(page: Page, language: string) {
  await menu(page).click()
  await page.locator('select[name=language]').selectOption(language)
  await page.waitForFunction((chosen) => document.documentElement.lang === chosen, language)
}

async function closeMenu(page: Page) {
  await page.keyboard.press('Escape')
  await page.locator('.pace .panel').waitFor({ state: 'detached' })
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** What of buttons, links and labels is cut off, or stands beyond the window. */
const clipped = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, label, legend, .badge, select, h1, h2')]
      .filter((element) => element.checkVisibility() && !element.closest('.visually-hidden, .tabs'))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
        return width > 1 && (cut || left < -1 || right > window.innerWidth + 1)
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  )

describe('the page in six languages', () => {
  it.each(LANGUAGES)('says everything in %s, and fits a narrow window', async (code, live, ask) => {
    const { page } = await played(newContext, narrow)
    await choose(page, code)
    await badge(page, live)
    await screenshot(page, `language-${code}-narrow-menu`)
    expect(await clipped(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await closeMenu(page)
    await page.getByLabel(ask).waitFor()
    expect(await clipped(page)).toEqual([])
    await screenshot(page, `language-${code}-narrow`)
    await row(page, 'm50').locator('button.mute').click()
    await page.locator('dialog input').first().waitFor()
    expect(await clipped(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await screenshot(page, `language-${code}-narrow-mutes`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.locator('dialog dl').first().waitFor()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await screenshot(page, `language-${code}-narrow-keys`)
  })

  it.each([
    ['ar', 'مباشر', desk, 'desk'],
    ['ar', 'مباشر', phone, 'phone'],
    ['de', 'Live', desk, 'desk'],
    ['de', 'Live', phone, 'phone'],
    ['ja', 'ライブ', desk, 'desk'],
    ['ja', 'ライブ', phone, 'phone'],
  ] as const)('can be read by everybody in %s: %s', async (code, live, options, name) => {
    const { page, create } = await played(newContext, options)
    await choose(page, code)
    expect(await violations(page)).toEqual([])
    await closeMenu(page)
    await badge(page, live)
    await scrolledTo(page, 'm40', 300)
    create('m51')
    await page.locator('.fresh button').waitFor()
    await screenshot(page, `language-${code}-${name}-pill`)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await violations(page)).toEqual([])
    await page.evaluate(() => {
      window.scrollTo(0, 0)
    })
    await screenshot(page, `language-${code}-${name}`)
  })

  it('claims no language for the texts of others', async () => {
    const { page } = await played(newContext)
    await choose(page, 'ar')
    const body = row(page, 'm50').locator('.body')
    expect(await body.getAttribute('lang')).toBe('')
    expect(await body.getAttribute('dir')).toBe('auto')
  })

  it('is mirrored where one reads from right to left', async () => {
    const { page } = await played(newContext)
    const centre = async (selector: string) => {
      const box = await page.locator(selector).first().boundingBox()
      return (box?.x ?? NaN) + (box?.width ?? NaN) / 2
    }
    const middle = 640
    expect(await centre('.brand')).toBeLessThan(middle)
    expect(await centre('.badge')).toBeGreaterThan(middle)
    await choose(page, 'ar')
    await closeMenu(page)
    expect(await centre('.brand')).toBeGreaterThan(middle)
    expect(await centre('.badge')).toBeLessThan(middle)
    expect(await centre('.composer')).toBeGreaterThan(await centre('article'))
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('m49')
  })

  it('loses neither the draft nor the place when it changes, and keeps its language', async () => {
    const { page } = await played(newContext)
    await page.getByLabel('What’s the meow?').fill('half a meow')
    await scrolledTo(page, 'm30', 300)
    const before = await top(page, 'm30')
    await choose(page, 'de')
    await closeMenu(page)
    await atRest(page)
    expect(Math.abs((await top(page, 'm30')) - before)).toBeLessThanOrEqual(2)
    const field = page.getByLabel('Was miaust du?')
    expect(await field.inputValue()).toBe('half a meow')
    await page.reload()
    // It may come after the page, which is English until then.
    await page.waitForFunction(() => document.documentElement.lang === 'de')
    await badge(page, 'Live')
    expect(await field.inputValue()).toBe('half a meow')
  })

  it('is in the language of the browser, and stays English where that cannot be had', async () => {
    const context = await newContext({ ...desk, locale: 'fr-CA' })
    const page = await context.newPage()
    await page.goto(`${url}/?q=`)
    await page.getByRole('heading', { name: 'Que cherchez-vous ?' }).waitFor()
    const without = await newContext({ ...desk, locale: 'fr-CA' })
    await without.route(/language-fr-/, (route) => route.abort())
    const english = await without.newPage()
    await english.goto(`${url}/?q=`)
    await english.getByRole('heading', { name: 'What are you looking for?' }).waitFor()
    await english.locator('.pace button').nth(1).click()
    await english.getByText('The page could not be loaded in this language: Français.').waitFor()
  })

  it.each(['/wall/setup.html', '/wall.html', '/meow.html'])('is everywhere: %s', async (path) => {
    const context = await newContext({ ...narrow, locale: 'ar' })
    const page = await context.newPage()
    await page.goto(url + path)
    await page.waitForFunction(() => document.documentElement.dir === 'rtl')
    await page.locator('h1').waitFor()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await screenshot(page, `language-ar${path.replaceAll(/\W/g, '-')}`)
  })
})

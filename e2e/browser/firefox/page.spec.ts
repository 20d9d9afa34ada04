import type { Page } from 'puppeteer-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { badge, bodies, firefox, focused, press, shows } from './firefox.js'

const { open, servers, expectComplaint } = firefox()

const AWAY = /connection .*\/pusher/

const stream = () => servers().stream

async function theTimeline() {
  const page = await open()
  await badge(page, 'Live')
  return page
}

async function write(page: Page, text: string) {
  await page.locator('#composer-text').fill(text)
  await press(page, 'Post')
}

const scrollY = (page: Page) => page.evaluate(() => window.scrollY)

const top = (page: Page, id: string) =>
  page.$eval(`[data-row="${id}"]`, (element) => element.getBoundingClientRect().top)

async function scrolledTo(page: Page, id: string) {
  for (let i = 0; i < 3; i += 1) {
    await page.$eval(`[data-row="${id}"]`, (element) => {
      window.scrollBy({ top: element.getBoundingClientRect().top - 300, behavior: 'instant' })
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

describe('in Firefox', () => {
  beforeEach(() => {
    stream().fill(120, (number) => `meow ${number} ${number % 2 === 0 ? '#cats' : '#dogs'}`)
  })

  it('what others post appears live', async () => {
    const page = await theTimeline()
    stream().create('hello from elsewhere')
    await shows(page, 'hello from elsewhere')
    expect((await bodies(page))[0]).toBe('hello from elsewhere')
  })

  it('what one posts appears, is edited and deleted', async () => {
    const page = await theTimeline()
    await write(page, 'hello from here')
    await page.waitForSelector('article ::-p-text(hello from here)')
    const { id } = stream().meows[0] ?? { id: '' }
    const own = `[data-row="${id}"]`
    await press(page, 'Edit or delete', own)
    await press(page, 'Edit', own)
    await page.keyboard.press('End')
    await page.keyboard.type(' again')
    await press(page, 'Save', own)
    await shows(page, 'hello from here again')
    await press(page, 'Edit or delete', own)
    await press(page, 'Delete', own)
    await shows(page, 'hello from here again', false)
    expect(stream().find(id)).toBeNull()
  })

  it('what is searched is found', async () => {
    stream().create('a harbour in the fog')
    const page = await open('/?q=')
    await page.locator('#search-text').fill('harbour')
    await page.keyboard.press('Enter')
    await page.waitForSelector('article ::-p-text(harbour)')
    expect(await bodies(page)).toEqual(['a harbour in the fog'])
    await expect.poll(() => page.url()).toContain('q=harbour')
  })

  it('a tag has a list of its own, which is live', async () => {
    const page = await theTimeline()
    await page.locator('[data-row="m120"] a.tag').click()
    await badge(page, 'Live')
    expect(new URL(page.url()).search).toBe('?tag=cats')
    stream().create('one more about #cats')
    stream().create('one more about #dogs')
    await shows(page, 'one more about #cats')
    expect((await bodies(page)).join()).not.toContain('#dogs')
    await press(page, 'Follow #cats')
    await page.waitForSelector('nav a[aria-current] ::-p-text(#cats)')
  })

  it('nothing moves while it is paused, and the pill shows what waits', async () => {
    const page = await theTimeline()
    await page.keyboard.press('p')
    stream().create('this waits')
    await page.waitForSelector('.fresh button ::-p-text(Show 1 new meow)')
    expect((await bodies(page)).join()).not.toContain('this waits')
    await page.keyboard.press('n')
    await shows(page, 'this waits')
  })

  it('what is read stays where it is', async () => {
    const page = await theTimeline()
    await scrolledTo(page, 'm90')
    const before = await top(page, 'm90')
    for (let i = 0; i < 20; i += 1) stream().create(`busy ${i}`)
    await page.waitForSelector('.fresh button ::-p-text(Show 20 new meows)')
    expect(Math.abs((await top(page, 'm90')) - before)).toBeLessThanOrEqual(1)
    await page.locator('.fresh button').click()
    await page.waitForSelector('.fresh button ::-p-text(Go to the newest)')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(Math.abs((await top(page, 'm90')) - before)).toBeLessThanOrEqual(1)
    await page.locator('.fresh button').click()
    await page.waitForFunction(() => window.scrollY === 0)
  })

  it('the place is found again after a reload', async () => {
    const page = await theTimeline()
    await scrolledTo(page, 'm90')
    const before = await top(page, 'm90')
    await page.reload()
    await page.waitForSelector('[data-row="m90"]')
    await expect
      .poll(async () => Math.abs((await top(page, 'm90')) - before))
      .toBeLessThanOrEqual(2)
  })

  it('keys go from meow to meow', async () => {
    const page = await theTimeline()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('m119')
    await page.keyboard.press('k')
    expect(await focused(page)).toBe('m120')
    expect(await scrollY(page)).toBeLessThan(300)
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open]')
    await page.keyboard.press('Escape')
    await page.waitForSelector('dialog[open]', { hidden: true })
  })

  it('what is posted without a network is sent when there is one', async () => {
    const page = await theTimeline()
    expectComplaint(AWAY)
    await page.setOfflineMode(true)
    await write(page, 'written in a tunnel')
    await shows(page, 'Waiting for the network')
    expect(stream().meows[0]?.body).not.toBe('written in a tunnel')
    await page.setOfflineMode(false)
    await page.waitForSelector('article ::-p-text(written in a tunnel)')
    expect(stream().meows.filter(({ body }) => body === 'written in a tunnel')).toHaveLength(1)
  })

  it('a connection that is lost comes back with what was missed', async () => {
    const page = await theTimeline()
    expectComplaint(AWAY)
    servers().hangUp()
    stream().create('meanwhile')
    await shows(page, 'meanwhile')
    await badge(page, 'Live')
  })

  it('a single meow has a page', async () => {
    const page = await open('/meows/m60')
    await shows(page, 'meow 60')
    await shows(page, 'meow 61')
    await shows(page, 'meow 57')
  })

  it('a wall shows what comes, and what is deleted goes', async () => {
    const page = await open('/wall?tag=cats&lines=3')
    await page.waitForSelector('article')
    await page.waitForSelector('aside svg')
    const { id } = stream().create('hello wall #cats')
    await shows(page, 'hello wall')
    stream().remove(id)
    await shows(page, 'hello wall', false)
  })

  it('the page moves nothing sideways in a narrow window', async () => {
    const page = await theTimeline()
    await page.setViewport({ width: 320, height: 640 })
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { desk, phone, visitors, withoutAnchoring } from '../meower.js'
import { played, row, scrolledTo, top } from './played.js'

const { newContext } = visitors()

const pill = (page: Page) => page.locator('.fresh button')

const hasFocus = (page: Page) => pill(page).evaluate((button) => button === document.activeElement)

describe.each([
  { name: 'a desk', options: desk },
  { name: 'a phone', options: phone },
])('the button for new meows on $name', ({ options }) => {
  it.each([
    { read: 'the first one', id: 'm50', others: 'm48' },
    { read: 'one far down', id: 'm20', others: 'm19' },
  ])('moves neither $read nor what is below when it comes and goes', async ({ id, others }) => {
    const { page, create, remove } = await played(newContext, options)
    await withoutAnchoring(page)
    await page.keyboard.press('p')
    if (id !== 'm50') await scrolledTo(page, id, 200)
    const places = async () => Promise.all([id, others].map((one) => top(page, one)))
    const before = await places()
    const moved = async () =>
      Math.max(...(await places()).map((now, index) => Math.abs(now - (before[index] ?? NaN))))

    create('new')

    await pill(page).waitFor()
    expect(await moved()).toBe(0)
    remove('new')
    await pill(page).waitFor({ state: 'detached' })
    expect(await moved()).toBe(0)
  })

  it('is one key away from any meow, in sight, and leaves the focus where it is', async () => {
    const { page, create } = await played(newContext, options)
    await page.keyboard.press('p')
    await scrolledTo(page, 'm20', 200)
    await row(page, 'm20').getByRole('link').first().focus()
    create('one')
    await pill(page).waitFor()

    await page.keyboard.press('Control+Home')
    expect(await hasFocus(page)).toBe(true)
    const box = await pill(page).boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(options.viewport.height / 2)

    await page.keyboard.press('Enter')
    await row(page, 'one').waitFor({ state: 'attached' })
    expect(await hasFocus(page)).toBe(true)
  })
})

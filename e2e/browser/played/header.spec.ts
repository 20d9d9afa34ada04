import { describe, expect, it } from 'vitest'
import { screenshot, visitors } from '../meower.js'
import { played } from './played.js'

const { newContext } = visitors()

describe.each([640, 700, 768, 860, 1280])('the header at %d px', (width) => {
  it.each([400, 800])('shows each view as a whole, %d px high', async (height) => {
    const { page } = await played(newContext, { viewport: { width, height } })
    const hidden = await page
      .locator('.tabs')
      .evaluate((tabs) => tabs.scrollWidth - tabs.clientWidth)
    await screenshot(page, `header-${width}-${height}`)
    expect(hidden).toBe(0)
  })
})

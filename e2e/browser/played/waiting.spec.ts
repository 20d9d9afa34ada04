import { describe, expect, it } from 'vitest'
import { desk, phone, screenshot, visitors, write } from '../meower.js'
import { played } from './played.js'

const { newContext } = visitors()

describe.each([
  { name: 'desk', options: desk },
  { name: 'phone', options: phone },
])('what waits to be posted on a $name', ({ name, options }) => {
  it('stands as it will when it is a meow', async () => {
    const { page } = await played(newContext, options)
    await page.context().setOffline(true)
    await write(page, 'written without a network')
    await page.getByRole('button', { name: 'Post' }).click()
    const post = page.locator('.post .waiting')
    await post.waitFor()
    await screenshot(page, `waiting-${name}`)

    const meow = page.locator('article .bubble').first()
    const left = async (of: typeof post) => Math.round((await of.boundingBox())?.x ?? NaN)
    expect(await left(post)).toBe(await left(meow))
    expect(
      await page.locator('.unposted').evaluate((list) => getComputedStyle(list).listStyleType),
    ).toBe('none')
  })
})

import { describe, expect, it } from 'vitest'
import { desk, phone, screenshot, violations, visitors, write } from '../meower.js'
import { played, row } from './played.js'

const { newContext } = visitors()

describe.each([
  { name: 'desk', options: desk },
  { name: 'phone', options: phone },
  { name: 'narrow', options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' } },
] as const)('a dialog that cannot be loaded on a $name', ({ name, options }) => {
  it('says so, loses nothing, and comes when the network is back', async () => {
    const { page } = await played(newContext, options)
    await write(page, 'begun, and not lost')
    const opener = row(page, 'm50').getByRole('button', { name: 'Hide or mute' })
    await page.context().setOffline(true)
    await opener.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('There is no network.').waitFor()
    await screenshot(page, `demand-offline-${name}`)
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
    expect(await page.getByLabel('What’s the meow?').inputValue()).toBe('begun, and not lost')

    await opener.click()
    await dialog.getByText('There is no network.').waitFor()
    await page.context().setOffline(false)
    await dialog.getByRole('button', { name: 'Hide this meow' }).waitFor()
    // Also what it looks like has come, although it was asked for once before.
    const choices = dialog.locator('.choices')
    expect(await choices.evaluate((element) => getComputedStyle(element).display)).toBe('flex')
    await screenshot(page, `demand-online-${name}`)
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('may be older than what the server has', async () => {
    const { page } = await played(newContext, options)
    await page.route('**/assets/KeysDialog-*', (route) => route.fulfill({ status: 404 }))
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reload' }).waitFor()
    await screenshot(page, `demand-old-${name}`)
    await page.unrouteAll()
    await dialog.getByRole('button', { name: 'Retry' }).click()
    await dialog.getByRole('heading', { name: 'Keys' }).waitFor()
    const line = dialog.locator('dl > div').first()
    expect(await line.evaluate((element) => getComputedStyle(element).display)).toBe('grid')
  })
})

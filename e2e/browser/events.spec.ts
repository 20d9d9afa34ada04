import { describe, expect, it } from 'vitest'
import { disturb, post, url, visitors } from './meower.js'

const { newContext } = visitors()

interface Heard {
  event: string
  data: { body?: string; resumed?: boolean }
}

describe('an EventSource', () => {
  it('goes on after the pusher was killed, without gap or repeat', async () => {
    const word = `events${Date.now()}`
    const context = await newContext()
    const page = await context.newPage()
    await page.goto(url)
    await page.evaluate(() => {
      const heard: Heard[] = []
      Object.assign(window, { heard })
      const source = new EventSource('/events')
      for (const event of ['hello', 'meow', 'gap'])
        source.addEventListener(event, (e) => heard.push({ event, data: JSON.parse(e.data) }))
    })
    const heard = (): Promise<Heard[]> =>
      page.evaluate(() => (window as unknown as { heard: Heard[] }).heard)
    const bodies = async () =>
      (await heard()).map((h) => h.data.body).filter((body) => body?.startsWith(word))
    await expect.poll(async () => (await heard()).length, { timeout: 10_000 }).toBeGreaterThan(0)

    await post(`${word} before`)
    await expect.poll(bodies, { timeout: 10_000 }).toEqual([`${word} before`])
    await disturb('kill', 'pusher')
    await post(`${word} meanwhile 1`)
    await post(`${word} meanwhile 2`)
    // Long enough that it has tried to come back while nobody was there.
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    await disturb('start', 'pusher')
    await post(`${word} after`)

    await expect
      .poll(bodies, { timeout: 30_000 })
      .toEqual(['before', 'meanwhile 1', 'meanwhile 2', 'after'].map((end) => `${word} ${end}`))
    const events = await heard()
    expect(events.filter((h) => h.event === 'gap')).toEqual([])
    expect(events.filter((h) => h.event === 'hello').at(-1)?.data.resumed).toBe(true)
  })
})

import { startServers } from '../servers/servers.js'
import { aText, busy } from './busy.js'
import { heap, inChromium } from './browser.js'

const PER_SECOND = 8

/** The heap of a wall in a busy hall, minute by minute. */
export async function measureWall(minutes: number) {
  const servers = await startServers()
  servers.stream.fill(100, aText)
  const hall = { viewport: { width: 1920, height: 1080 } }
  const heaps = await inChromium(hall, async (visit) => {
    await visit.page.goto(`${servers.url}/wall?tag=fest`)
    await visit.page.locator('article').first().waitFor()
    const stop = busy(servers.stream, PER_SECOND)
    const sizes: number[] = []
    for (let minute = 0; minute <= minutes; minute += 1) {
      if (minute > 0) await visit.page.waitForTimeout(60_000)
      const size = (await heap(visit)) / 1e6
      const nodes = await visit.page.evaluate(() => document.querySelectorAll('*').length)
      sizes.push(size)
      console.log(`wall, minute ${minute}: ${size.toFixed(2)} MB, ${nodes} elements`)
    }
    stop()
    return sizes
  })
  await servers.close()
  return heaps
}

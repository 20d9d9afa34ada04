import { expect, it } from 'vitest'
import { startServers } from '../servers/servers.js'
import { badge, phone, visitors } from '../meower.js'

const { newContext } = visitors()

/** What a first visit may cost over the wire: every file with its headers, compressed as the proxy does. */
const MOST = 150_000

it('a first visit costs at most 150 KB', async () => {
  const servers = await startServers()
  try {
    const page = await (await newContext({ ...phone, locale: 'en' })).newPage()
    const session = await page.context().newCDPSession(page)
    const names = new Map<string, string>()
    const files: { name: string; bytes: number }[] = []
    session.on('Network.requestWillBeSent', ({ requestId, request }) =>
      names.set(requestId, new URL(request.url).pathname),
    )
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      files.push({ name: names.get(requestId) ?? '', bytes: encodedDataLength }),
    )
    await session.send('Network.enable')
    await page.goto(servers.url, { waitUntil: 'networkidle' })
    await badge(page, 'Live')

    expect(files.map(({ name }) => name)).toContain('/')
    expect(
      files.reduce((sum, { bytes }) => sum + bytes, 0),
      files.map(({ name, bytes }) => `${name} ${bytes}`).join(', '),
    ).toBeLessThanOrEqual(MOST)
  } finally {
    await servers.close()
  }
})

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { preview } from 'vite'

const root = join(import.meta.dirname, '../../..')

/** Serves the page as it is built, for as long as the tests run. */
export default async function serve(): Promise<() => Promise<void>> {
  const server = await preview({
    root: join(root, 'frontend'),
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, strictPort: true, open: false },
  })
  const [address] = server.resolvedUrls?.local ?? []
  if (address === undefined) throw new Error('The page is not served.')
  process.env.MEOWER_URL = address.replace(/\/$/, '')
  process.env.MEOWER_SCREENSHOTS ??= join(root, 'target/screenshots')
  mkdirSync(process.env.MEOWER_SCREENSHOTS, { recursive: true })
  return () => server.close()
}

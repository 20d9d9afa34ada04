import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const built = join(root, 'frontend/dist')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Documents whose addresses are not their names. */
const DOCUMENTS: Record<string, string> = {
  '/': 'index.html',
  '/wall': 'wall.html',
  '/wall/setup': 'wall/setup.html',
}

/** What the proxy allows the page to do, word for word. */
const policy = /map \$host \$page_policy \{\s*default "([^"]+)"/.exec(
  readFileSync(join(root, 'nginx/nginx.conf.template'), 'utf8'),
)?.[1]
if (policy === undefined) throw new Error('The proxy has no policy for the page.')

/** Answers with a file of the page as it was built, compressed as the proxy sends it. */
export function file(path: string, request: IncomingMessage, response: ServerResponse) {
  const name = normalize(DOCUMENTS[path] ?? path.slice(1))
  const found = join(built, name)
  if (name.startsWith('..') || !existsSync(found)) {
    response.writeHead(404).end()
    return
  }
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const zipped = accepted.includes('gzip') && existsSync(`${found}.gz`)
  const lasting = path.startsWith('/assets/')
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  })
  response.end(readFileSync(zipped ? `${found}.gz` : found))
}

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

const proxy = readFileSync(join(root, 'nginx/nginx.conf.template'), 'utf8')

/** What the proxy allows the page to do, word for word. */
function said(map: string): string {
  const [, words] = new RegExp(`map \\$host \\$${map} \\{\\s*default "([^"]+)"`).exec(proxy) ?? []
  if (words === undefined) throw new Error(`The proxy has no ${map}.`)
  return words
}

const HEADERS = {
  'X-Request-Id': '0'.repeat(32),
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': said('page_policy'),
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': said('unused_permissions'),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  Vary: 'Accept-Encoding',
}

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
    ...HEADERS,
    'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  })
  response.end(readFileSync(zipped ? `${found}.gz` : found))
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { file } from './files.js'
import type { Event } from './Stream.js'
import { Stream, matches } from './Stream.js'

const EDIT_WINDOW = 15 * 60_000

export type Servers = Awaited<ReturnType<typeof startServers>>

/**
 * Servers that are played: the page as it was built under the proxy's policy, and what it asks of
 * Meower, on a port of its own. For browsers and figures where a test cannot play them in the page.
 */
export async function startServers() {
  const stream = new Stream()
  const server = createServer((request, response) => void answer(stream, request, response))
  const sockets = new WebSocketServer({ server, path: '/pusher' })
  sockets.on('connection', (socket, request) => follow(stream, socket, request))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stream,
    /** Every connection of a page is lost. */
    hangUp: () => sockets.clients.forEach((socket) => socket.terminate()),
    close: async () => {
      sockets.clients.forEach((socket) => socket.terminate())
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function follow(stream: Stream, socket: WebSocket, request: IncomingMessage) {
  const { searchParams } = new URL(request.url ?? '', 'http://meower.test')
  const topics = searchParams.getAll('topic')
  const query = searchParams.get('query')
  const after = searchParams.get('after') ?? stream.position
  const wanted = ({ kind, body = '' }: Event) =>
    kind !== 1 ||
    ((topics.length === 0 || topics.some((topic) => matches(body, topic))) &&
      (query === null || matches(body, query)))
  const send = (event: Event) => {
    if (wanted(event)) socket.send(JSON.stringify(event))
  }
  const place = stream.events.findIndex(({ position }) => position === after)
  const resumed = place >= 0 || after === stream.position
  socket.send(JSON.stringify({ kind: 2, position: resumed ? after : stream.position, resumed }))
  if (place >= 0) stream.events.slice(place + 1).forEach(send)
  stream.listeners.add(send)
  socket.on('close', () => stream.listeners.delete(send))
}

async function answer(stream: Stream, request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://meower.test')
  const id = /^\/meows\/([^/]+)$/.exec(pathname)?.[1]
  if (id !== undefined && String(request.headers.accept).includes('text/html')) {
    return file('/meow.html', request, response)
  }
  const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Meower-Position': stream.position,
      ...headers,
    })
    response.end(JSON.stringify(body))
  }
  const missing = () => json(404, { title: 'There is no such meow.' })
  if (pathname === '/meows' && request.method === 'POST') {
    const until = new Date(Date.now() + EDIT_WINDOW).toISOString()
    const undo = { 'Meower-Undo': 'a-token', 'Meower-Undo-Until': until }
    return json(201, stream.create((await read(request)).body), undo)
  }
  if (id !== undefined && request.method === 'PUT') {
    const edited = stream.edit(id, (await read(request)).body)
    return edited === null ? missing() : json(200, edited)
  }
  if (id !== undefined && request.method === 'DELETE') {
    stream.remove(id)
    return response.writeHead(204).end()
  }
  if (id !== undefined) {
    const meow = stream.find(id)
    return meow === null ? missing() : json(200, meow)
  }
  const take = Number(searchParams.get('take') ?? 50)
  if (pathname === '/meows') return json(200, page(stream, searchParams, take))
  if (pathname === '/search') {
    const query = (searchParams.get('query') ?? '').trim()
    const found = stream.meows.filter(({ body }) => matches(body, query))
    const skip = Number(searchParams.get('skip') ?? 0)
    return json(
      200,
      found.slice(skip, skip + take).map((meow) => ({ ...meow, matches: [] })),
      { 'Meower-Total': String(found.length) },
    )
  }
  return file(pathname, request, response)
}

function page({ meows }: Stream, parameters: URLSearchParams, take: number) {
  const ids = parameters.get('ids')?.split(',')
  if (ids !== undefined) return meows.filter(({ id }) => ids.includes(id))
  const [before, after] = [parameters.get('before'), parameters.get('after')]
  const place = meows.findIndex(({ id }) => id === (before ?? after))
  if (before !== null) return place < 0 ? [] : meows.slice(place + 1, place + 1 + take)
  if (after !== null) return meows.slice(Math.max(0, place - take), Math.max(0, place))
  return meows.slice(0, take)
}

async function read(request: IncomingMessage): Promise<{ readonly body: string }> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return JSON.parse(Buffer.concat(parts).toString()) as { body: string }
}

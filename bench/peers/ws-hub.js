// A hub as people write it with ws: each line of the standard input goes to every browser.
import { createInterface } from 'node:readline'
import { WebSocketServer } from 'ws'

const hub = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  perMessageDeflate: false,
})
hub.on('listening', () => console.log('ready'))

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const text = Buffer.from(line)
  for (const browser of hub.clients) browser.send(text, { binary: false })
})
lines.on('close', () => process.exit(0))

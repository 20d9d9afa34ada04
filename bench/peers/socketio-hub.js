// The same with Socket.IO, over WebSocket only and without compression.
import { createInterface } from 'node:readline'
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const hub = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
http.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => hub.emit('m', JSON.parse(line)))
lines.on('close', () => process.exit(0))

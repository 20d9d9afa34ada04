import { readFrame } from '../frames'
import type { Transport } from './Transport'
import { addressOf } from './Transport'

export const overSocket: Transport = (wanted, { onFrame, onEnd }) => {
  const url = addressOf('/pusher', wanted)
  url.protocol = url.protocol.replace('http', 'ws')
  const socket = new WebSocket(url.href)
  socket.onmessage = (event) => {
    onFrame(readFrame(event.data))
  }
  socket.onclose = (event) => {
    onEnd(event.code)
  }
  // Lets go of it at once: the closing handshake of a dead peer can last minutes.
  return () => {
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }
}

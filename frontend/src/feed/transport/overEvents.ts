import { EVENTS, readEvent } from '../frames'
import type { Transport } from './Transport'
import { TRY_AGAIN_LATER, addressOf } from './Transport'

/** Server-Sent Events, for where a proxy lets no WebSocket through. */
export const overEvents: Transport = (wanted, { onFrame, onEnd }) => {
  const source = new EventSource(addressOf('/events', wanted).href)
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => {
      onFrame(readEvent(name, event.data))
    })
  }
  source.addEventListener('busy', () => {
    onEnd(TRY_AGAIN_LATER)
  })
  // It would come back by itself, but not from the position that the feed has reached.
  source.onerror = () => {
    onEnd()
  }
  return () => {
    source.close()
  }
}

import { vi } from 'vitest'
import type { Meow } from '../meow/meow'
import { aDeletion } from './meows'

/** A pusher that does what a test says, however badly. */
export class FakeWebSocket {
  static opened: FakeWebSocket[] = []

  static install() {
    FakeWebSocket.opened = []
    vi.stubGlobal('WebSocket', FakeWebSocket)
  }

  static get last(): FakeWebSocket {
    const last = FakeWebSocket.opened.at(-1)
    if (last === undefined) throw new Error('No socket was opened.')
    return last
  }

  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closedByPage = false

  constructor(readonly url: string) {
    FakeWebSocket.opened.push(this)
  }

  close() {
    this.closedByPage = true
  }

  hello(position = 'e-1', resumed = false) {
    this.send({ kind: 2, position, resumed })
  }

  meow(meow: Meow, position?: string) {
    this.send({ kind: 1, ...meow, ...(position === undefined ? {} : { position }) })
  }

  edit(meow: Meow, position?: string) {
    this.send({ kind: 4, ...meow, position })
  }

  delete(id: string, position?: string) {
    this.send({ kind: 5, ...aDeletion(id), position })
  }

  send(frame: unknown) {
    this.raw(JSON.stringify(frame))
  }

  raw(data: unknown) {
    this.onmessage?.({ data })
  }

  breakOff(code = 1006) {
    this.onclose?.({ code })
  }
}

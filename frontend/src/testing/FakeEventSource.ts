import { vi } from 'vitest'

/** A stream of events that has what a test says. */
export class FakeEventSource {
  static opened: FakeEventSource[] = []

  static install() {
    FakeEventSource.opened = []
    vi.stubGlobal('EventSource', FakeEventSource)
  }

  static get last(): FakeEventSource {
    const last = FakeEventSource.opened.at(-1)
    if (last === undefined) throw new Error('No stream was opened.')
    return last
  }

  onerror: (() => void) | null = null
  closed = false
  readonly #listeners = new Map<string, (event: { data: unknown }) => void>()

  constructor(readonly url: string) {
    FakeEventSource.opened.push(this)
  }

  addEventListener(name: string, listener: (event: { data: unknown }) => void) {
    this.#listeners.set(name, listener)
  }

  close() {
    this.closed = true
  }

  hello(position = 'e-1', resumed = false) {
    this.send('hello', { position, resumed })
  }

  send(name: string, data: unknown) {
    this.raw(name, JSON.stringify(data))
  }

  raw(name: string, data: string) {
    if (!this.closed) this.#listeners.get(name)?.({ data })
  }

  breakOff() {
    if (!this.closed) this.onerror?.()
  }
}

import App from '../App.vue'
// What is loaded on demand is there at once: loading takes time that the tests do not hold.
import '../keyboard/KeysDialog.vue'
import '../mute/MutesDialog.vue'
import type { FakeServer } from './FakeServer'
import { FakeWebSocket } from './FakeWebSocket'
import { aMeow, meows } from './meows'
import { render } from './render'
import { vi } from 'vitest'

/** The page with a timeline of these meows, under fake timers. */
export async function theTimeline(server: () => FakeServer, ...ids: readonly string[]) {
  history.replaceState(null, '', '/')
  const page = render(App)
  await server().last.answer(meows(...ids), { 'Meower-Position': 'e-1' })
  FakeWebSocket.last.hello('e-1', true)
  await vi.advanceTimersByTimeAsync(100)
  return {
    page,
    bodies: () => page.findAll('.body').map((body) => body.text()),
    pill: () => page.find('.fresh button'),
    status: () => page.findAll('[role=status]').map((status) => status.text()),
    button: (name: string) => {
      const button = page.findAll('button').find((candidate) => candidate.text() === name)
      if (button === undefined) throw new Error(`No button says ${name}.`)
      return button
    },
    arrive: async (...arrived: readonly string[]) => {
      for (const id of arrived) FakeWebSocket.last.meow(aMeow({ id, body: `meow ${id}` }))
      await vi.advanceTimersByTimeAsync(100)
    },
    scroll: async (y: number) => {
      window.scrollTo({ top: y })
      window.dispatchEvent(new Event('scroll'))
      await vi.advanceTimersByTimeAsync(100)
    },
    press: async (key: string, init: KeyboardEventInit = {}) => {
      const target = document.activeElement ?? document.body
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
      target.dispatchEvent(event)
      await vi.advanceTimersByTimeAsync(100)
      return event
    },
  }
}

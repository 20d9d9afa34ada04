import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import MoreButton from './MoreButton.vue'
import { render } from './testing/render'

type Say = (entries: { isIntersecting: boolean; time: number }[]) => void

/** Those that look where the button is, as in a browser: not before the page has been laid out. */
let observers: Set<Say>

class FakeIntersectionObserver {
  constructor(private readonly say: Say) {}

  observe() {
    observers.add(this.say)
  }

  disconnect() {
    observers.delete(this.say)
  }
}

async function reach(isIntersecting: boolean) {
  for (const say of observers) say([{ isIntersecting, time: 1 }])
  await nextTick()
}

const aButton = (props: { loading?: boolean; paused?: boolean } = {}) =>
  render(MoreButton, { label: 'Load older meows', loading: false, paused: false, ...props })

describe('MoreButton', () => {
  beforeEach(() => {
    observers = new Set()
    vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver)
  })

  it('asks for more with a click', async () => {
    const button = aButton()
    await button.trigger('click')
    expect(button.emitted('more')).toHaveLength(1)
  })

  it('asks for more when it is nearly reached, and again when that did not fill the page', async () => {
    const button = aButton()
    await nextTick()
    await reach(true)
    expect(button.emitted('more')).toHaveLength(1)
    await button.setProps({ loading: true })
    expect(button.text()).toBe('Loading…')
    await reach(true)
    expect(button.emitted('more')).toHaveLength(1)
    await button.setProps({ loading: false })
    await reach(true)
    expect(button.emitted('more')).toHaveLength(2)
  })

  it('asks for one page when that moves it out of sight', async () => {
    const button = aButton()
    await nextTick()
    await reach(true)
    await button.setProps({ loading: true })
    await button.setProps({ loading: false })
    await reach(false)
    expect(button.emitted('more')).toHaveLength(1)
  })

  it('asks again by itself when a problem is over', async () => {
    const button = aButton({ paused: true })
    await nextTick()
    await button.setProps({ paused: false })
    await reach(true)
    expect(button.emitted('more')).toHaveLength(1)
  })

  it('does not ask by itself while there is a problem', async () => {
    const button = aButton({ paused: true })
    await nextTick()
    await reach(true)
    expect(button.emitted('more')).toBeUndefined()
  })

  it('does not ask when it is out of sight', async () => {
    const button = aButton()
    await nextTick()
    await reach(false)
    await button.setProps({ loading: true })
    await button.setProps({ loading: false })
    expect(button.emitted('more')).toBeUndefined()
  })
})

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import MoreButton from './MoreButton.vue'
import { render } from './testing/render'

let reach: (isIntersecting: boolean) => Promise<void>

class FakeIntersectionObserver {
  readonly observe = vi.fn()
  readonly disconnect = vi.fn()

  constructor(callback: (entries: { isIntersecting: boolean; time: number }[]) => void) {
    reach = async (isIntersecting) => {
      callback([{ isIntersecting, time: 1 }])
      await nextTick()
    }
  }
}

const aButton = (props: { loading?: boolean; paused?: boolean } = {}) =>
  render(MoreButton, { label: 'Load older meows', loading: false, paused: false, ...props })

describe('MoreButton', () => {
  beforeEach(() => {
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
    expect(button.emitted('more')).toHaveLength(1)
    await button.setProps({ loading: false })
    expect(button.emitted('more')).toHaveLength(2)
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

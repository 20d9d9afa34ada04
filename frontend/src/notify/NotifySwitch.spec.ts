import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readTags } from '../tag/tags'
import { useFollowedTags } from '../tag/useFollowedTags'
import { FakeLocks } from '../testing/FakeLocks'
import { FakeNotifications } from '../testing/FakeNotifications'
import { render, use } from '../testing/render'
import NotifySwitch from './NotifySwitch.vue'
import { canNotify, useNotified } from './useNotified'

const { tags } = readTags('cats')

let system: FakeNotifications

function aSwitch() {
  const followed = use(useFollowedTags)
  followed.follow(tags)
  const notified = use(useNotified)
  const wrapper = render(NotifySwitch, { tags })
  const input = wrapper.get<HTMLInputElement>('[role=switch]')
  return {
    followed,
    notified,
    wrapper,
    input,
    press: async () => {
      await input.setValue(!input.element.checked)
      await flushPromises()
    },
  }
}

describe('the switch for notifications', () => {
  beforeEach(() => {
    FakeLocks.install()
    system = FakeNotifications.install()
  })

  it('asks the browser only when it is pressed', async () => {
    const { wrapper, input, notified, press } = aSwitch()
    expect(wrapper.text().replace('\u00A0', ' ')).toBe('Notify me of new meows about #cats')
    expect(system.asked).toBe(0)
    expect(input.element.checked).toBe(false)
    await press()
    expect(system.asked).toBe(1)
    expect(input.element.checked).toBe(true)
    expect(notified.notified.value).toHaveLength(1)
    expect(localStorage.getItem('meower.notified')).toBe('["cats"]')
  })

  it('is switched off again', async () => {
    const { input, notified, press } = aSwitch()
    await press()
    await press()
    expect(input.element.checked).toBe(false)
    expect(notified.notified.value).toHaveLength(0)
    expect(system.asked).toBe(1)
  })

  it('says that the browser refuses, and how to change it', async () => {
    const { wrapper, input, notified, press } = aSwitch()
    system.answer = 'denied'
    await press()
    expect(input.element.checked).toBe(false)
    expect(wrapper.get('[role=status]').text()).toContain('Allow notifications in the settings')
    expect(input.attributes('aria-describedby')).toBe(wrapper.get('[role=status]').attributes('id'))
    expect(notified.notified.value).toHaveLength(0)
  })

  it('says when the browser was not answered', async () => {
    const { wrapper, press } = aSwitch()
    system.answer = 'default'
    await press()
    expect(wrapper.get('[role=status]').text()).toContain('has not allowed it yet')
  })

  it('follows the settings of the browser', async () => {
    const { wrapper, input, press } = aSwitch()
    await press()
    system.permission = 'denied'
    window.dispatchEvent(new Event('focus'))
    await flushPromises()
    expect(input.element.checked).toBe(false)
    expect(wrapper.get('[role=status]').text()).toContain('Allow notifications')
  })

  it('is off when the tag is followed again', async () => {
    const { followed, notified, press } = aSwitch()
    await press()
    followed.unfollow(tags)
    expect(notified.notified.value).toHaveLength(0)
    await flushPromises()
    followed.follow(tags)
    expect(notified.notified.value).toHaveLength(0)
  })
})

describe('notifications', () => {
  it('are offered where the browser has them and keeps that', () => {
    FakeLocks.install()
    FakeNotifications.install()
    expect(canNotify()).toBe(true)
    vi.stubGlobal('localStorage', {
      clear: () => undefined,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    expect(canNotify()).toBe(false)
  })

  it('are not offered where the browser has none', () => {
    FakeLocks.install()
    expect(canNotify()).toBe(false)
  })

  it('are not offered where tabs cannot agree', () => {
    FakeNotifications.install()
    expect(canNotify()).toBe(false)
  })
})

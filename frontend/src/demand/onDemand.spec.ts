import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Component } from 'vue'
import { defineComponent, h } from 'vue'
import { onDemand, PATIENCE } from './onDemand'
import PendingPart from './PendingPart.vue'

const Wanted = defineComponent({
  props: { of: { type: String, required: true } },
  emits: ['close'],
  setup:
    ({ of }, { emit }) =>
    () =>
      h(
        'button',
        {
          class: 'wanted',
          onClick: () => {
            emit('close')
          },
        },
        of,
      ),
})

/** A dialog that is asked for, and what its server does. */
function asked(pending?: Component) {
  const load = vi.fn<() => Promise<{ default: typeof Wanted }>>()
  let answer: (() => Promise<void>) | undefined
  let refuse: (() => Promise<void>) | undefined
  load.mockImplementation(
    () =>
      new Promise((resolve, reject) => {
        answer = async () => {
          resolve({ default: Wanted })
          await vi.advanceTimersByTimeAsync(0)
        }
        refuse = async () => {
          reject(new TypeError('Failed to fetch dynamically imported module'))
          await vi.advanceTimersByTimeAsync(0)
        }
      }),
  )
  const close = vi.fn<() => void>()
  const opener = document.createElement('button')
  document.body.append(opener)
  opener.focus()
  const page = mount(onDemand(load, pending), {
    props: { of: 'words', onClose: close },
    attachTo: document.body,
  })
  onTestFinished(() => {
    page.unmount()
    opener.remove()
  })
  return {
    page,
    load,
    close,
    answer: () => answer?.(),
    refuse: () => refuse?.(),
    press: async (name: string) => {
      const button = page.findAll('button').find((one) => one.text() === name)
      if (button === undefined) throw new Error(`No button says ${name}.`)
      await button.trigger('click')
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

const network = (is: boolean) => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(is)
  window.dispatchEvent(new Event(is ? 'online' : 'offline'))
}

describe('a dialog that is loaded on demand', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is what was asked for, and says when it is closed', async () => {
    const { page, close, answer, press } = asked()
    await answer()
    expect(page.get('.wanted').text()).toBe('words')
    expect(page.find('dialog').exists()).toBe(false)
    await press('words')
    expect(close).toHaveBeenCalledOnce()
  })

  it('says after a moment that it is on its way', async () => {
    const { page, answer } = asked()
    await vi.advanceTimersByTimeAsync(400)
    expect(page.find('dialog').exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(page.get<HTMLDialogElement>('dialog').element.open).toBe(true)
    expect(page.get('[role=status]').text()).toBe('Loading…')
    await answer()
    expect(page.find('dialog').exists()).toBe(false)
    expect(page.find('.wanted').exists()).toBe(true)
  })

  it('says that it cannot be loaded, and is tried again in its place', async () => {
    const { page, load, refuse, answer, press } = asked()
    await refuse()
    expect(page.get('[role=status]').text()).toContain('could not be loaded')
    await press('Retry')
    expect(load).toHaveBeenCalledTimes(2)
    expect(page.get('[role=status]').text()).toBe('Loading…')
    await answer()
    expect(page.find('.wanted').exists()).toBe(true)
  })

  it('may be older than what the server has, which a reload helps', async () => {
    const reload = vi.spyOn(location, 'reload').mockReturnValue()
    const { page, refuse, press } = asked()
    await refuse()
    expect(page.get('[role=status]').text()).toContain('older than what the server has')
    await press('Reload')
    expect(reload).toHaveBeenCalledOnce()
  })

  it('comes by itself when the network is back', async () => {
    network(false)
    const { page, load, refuse, answer } = asked()
    await refuse()
    expect(page.get('[role=status]').text()).toContain('There is no network')
    expect(page.findAll('button').map((button) => button.text())).toEqual(['Close', 'Retry'])
    network(true)
    expect(load).toHaveBeenCalledTimes(2)
    await answer()
    expect(page.find('.wanted').exists()).toBe(true)
  })

  it('is given up, and still taken when it comes late', async () => {
    const { page, answer } = asked()
    await vi.advanceTimersByTimeAsync(PATIENCE)
    expect(page.get('[role=status]').text()).toContain('could not be loaded')
    await answer()
    expect(page.find('.wanted').exists()).toBe(true)
  })

  it('is closed where it is not to be had', async () => {
    const { close, refuse, press } = asked()
    await refuse()
    await press('Close')
    expect(close).toHaveBeenCalledOnce()
  })
})

describe('a part in the middle of the page that is loaded on demand', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('says nothing for as long as it may come', async () => {
    const { page, answer } = asked(PendingPart)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.text()).toBe('')
    await answer()
    expect(page.find('.wanted').exists()).toBe(true)
  })

  it('says that it cannot be loaded, and is tried again in its place, with the focus', async () => {
    const { page, load, refuse, answer, press } = asked(PendingPart)
    await refuse()
    expect(page.get('[role=alert]').text()).toContain('could not be loaded')
    expect(page.find('dialog').exists()).toBe(false)
    const retry = page.get('button').element
    retry.focus()
    await press('Retry')
    expect(load).toHaveBeenCalledTimes(2)
    expect(document.activeElement).toBe(retry)
    await answer()
    expect(document.activeElement).toBe(page.get('.wanted').element)
  })

  it('may be older than what the server has, which a reload helps', async () => {
    const reload = vi.spyOn(location, 'reload').mockReturnValue()
    const { page, refuse, press } = asked(PendingPart)
    await refuse()
    expect(page.get('[role=alert]').text()).toContain('older than what the server has')
    await press('Reload')
    expect(reload).toHaveBeenCalledOnce()
  })

  it('takes the focus from nobody', async () => {
    const { page, refuse, answer } = asked(PendingPart)
    const before = document.activeElement
    network(false)
    await refuse()
    expect(page.get('[role=alert]').text()).toContain('There is no network')
    expect(page.findAll('button').map((button) => button.text())).toEqual(['Retry'])
    network(true)
    await answer()
    expect(page.find('.wanted').exists()).toBe(true)
    expect(document.activeElement).toBe(before)
  })
})

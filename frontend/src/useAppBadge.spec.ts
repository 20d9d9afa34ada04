import { afterEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useAppBadge } from './useAppBadge'

afterEach(() => {
  Reflect.deleteProperty(navigator, 'setAppBadge')
})

it('shows how many wait, and is gone with them', async () => {
  const setAppBadge = vi.fn<(count: number) => Promise<void>>(() =>
    Promise.reject(new Error('not here')),
  )
  Object.assign(navigator, { setAppBadge })
  const count = ref(0)
  const scope = effectScope()
  scope.run(() => {
    useAppBadge(() => count.value)
  })
  count.value = 12
  await nextTick()
  count.value = 0
  await nextTick()
  expect(setAppBadge.mock.calls).toEqual([[12], [0]])
  scope.stop()
})

it('is nothing where the system has none', async () => {
  const count = ref(0)
  effectScope().run(() => {
    useAppBadge(() => count.value)
  })
  count.value = 1
  await nextTick()
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepForOffline } from './register'

const register = vi.fn(() => Promise.resolve({}))

beforeEach(() => {
  register.mockClear()
  Object.assign(navigator, { serviceWorker: { register } })
})
afterEach(() => {
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

it('waits until the page is there', () => {
  const ready = vi.spyOn(document, 'readyState', 'get').mockReturnValue('interactive')
  keepForOffline(true)
  expect(register).not.toHaveBeenCalled()
  ready.mockReturnValue('complete')
  window.dispatchEvent(new Event('load'))
  window.dispatchEvent(new Event('load'))
  expect(register.mock.calls).toEqual([['/worker.js']])
})

it('is at once where the page is there already', () => {
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('complete')
  keepForOffline(true)
  expect(register).toHaveBeenCalledOnce()
})

it('goes on where the browser refuses', async () => {
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('complete')
  register.mockRejectedValueOnce(new Error('no'))
  keepForOffline(true)
  await new Promise((resolve) => setTimeout(resolve))
  expect(register).toHaveBeenCalledOnce()
})

it('is not while the page is developed', () => {
  keepForOffline(false)
  expect(register).not.toHaveBeenCalled()
})

it('is not where there are no workers', () => {
  Reflect.deleteProperty(navigator, 'serviceWorker')
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('complete')
  expect(() => {
    keepForOffline(true)
  }).not.toThrow()
})

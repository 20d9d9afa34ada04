import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { use } from '../testing/render'
import { usePreferences } from './usePreferences'

describe('usePreferences', () => {
  it('keeps the pace in this browser and the pause in this tab', async () => {
    const { pace, paused, keys } = use(usePreferences)
    pace.value = '30s'
    paused.value = true
    await nextTick()
    expect(JSON.parse(localStorage.getItem('meower.preferences') ?? '')).toMatchObject({
      pace: '30s',
    })
    expect(localStorage.getItem('meower.paused')).toBeNull()
    expect(sessionStorage.getItem('meower.paused')).toBe('true')
    expect(keys.value).toBe(true)
  })

  it('lasts as long as the page where the browser refuses to keep anything', async () => {
    const refused = (['localStorage', 'sessionStorage'] as const).map((name) =>
      vi.spyOn(window, name, 'get').mockImplementation(() => {
        throw new DOMException('no', 'SecurityError')
      }),
    )
    const { pace, paused } = use(usePreferences)
    refused.forEach((storage) => {
      storage.mockRestore()
    })
    pace.value = '30s'
    paused.value = true
    await nextTick()
    expect([pace.value, paused.value]).toEqual(['30s', true])
  })

  it.each(['"soon"', '7', '{}', 'null'])('goes on live when the pace kept is %s', (kept) => {
    localStorage.setItem('meower.preferences', `{"pace":${kept},"keys":false}`)
    const { pace, keys } = use(usePreferences)
    expect([pace.value, keys.value]).toEqual(['live', false])
  })
})

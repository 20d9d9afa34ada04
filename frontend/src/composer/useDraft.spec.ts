import { describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { FakeLocks } from '../testing/FakeLocks'
import { settled } from '../testing/FakeServer'
import { CAPACITY, useDraft } from './useDraft'

const TAB = 'meower.tab'

/** A tab of a browser: all of them share the local storage, and each has a session of its own. */
async function aTab(session: string | null = null) {
  sessionStorage.clear()
  if (session !== null) sessionStorage.setItem(TAB, session)
  const scope = effectScope()
  const text = scope.run(useDraft)
  if (text === undefined) throw new Error('There is no draft.')
  await settled()
  const name = sessionStorage.getItem(TAB)
  return {
    name,
    text: () => text.value,
    write: async (written: string) => {
      text.value = written
      await nextTick()
    },
    close: async () => {
      window.dispatchEvent(new Event('pagehide'))
      scope.stop()
      await settled()
    },
    crash: async () => {
      scope.stop()
      await settled()
    },
    duplicate: () => aTab(name),
  }
}

describe.each([
  { where: 'with locks', locks: true },
  { where: 'without locks', locks: false },
])('useDraft $where', ({ locks }) => {
  function browser() {
    return locks ? FakeLocks.install() : null
  }

  it('has the draft again when the tab is reloaded', async () => {
    browser()
    const tab = await aTab()
    await tab.write('half a thou')
    await tab.close()
    const again = await aTab(tab.name)
    expect(again.text()).toBe('half a thou')
    await again.close()
  })

  it('has the draft of a tab that was closed', async () => {
    browser()
    const tab = await aTab()
    await tab.write('half a thou')
    await tab.close()
    const next = await aTab()
    expect(next.text()).toBe('half a thou')
    const other = await aTab()
    expect(other.text()).toBe('')
    await next.close()
    await other.close()
  })

  it('leaves the drafts of open tabs alone', async () => {
    browser()
    const one = await aTab()
    await one.write('one')
    const other = await aTab()
    expect(other.text()).toBe('')
    await other.write('other')
    expect(one.text()).toBe('one')
    await other.close()
    const third = await aTab()
    expect(third.text()).toBe('other')
    expect(one.text()).toBe('one')
    await one.close()
    await third.close()
  })

  it('keeps what is written here from what was left elsewhere', async () => {
    browser()
    const left = await aTab()
    await left.write('left')
    await left.close()
    localStorage.setItem('meower.draft.own', 'mine')
    const tab = await aTab('own')
    expect(tab.text()).toBe('mine')
    await tab.close()
  })

  it('leaves nothing behind when the draft is empty', async () => {
    browser()
    const tab = await aTab()
    await tab.write('written')
    await tab.write('')
    await tab.close()
    expect(Object.keys(localStorage)).toEqual([])
  })
})

describe('useDraft', () => {
  it('has the draft of a tab that has crashed', async () => {
    FakeLocks.install()
    const tab = await aTab()
    await tab.write('half a thou')
    await tab.crash()
    const next = await aTab()
    expect(next.text()).toBe('half a thou')
    await next.close()
  })

  it('gives a duplicated tab a draft of its own', async () => {
    FakeLocks.install()
    const tab = await aTab()
    await tab.write('both')
    const patience = new AbortController()
    vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(patience.signal)
    const copy = await tab.duplicate()
    expect(copy.text()).toBe('both')
    patience.abort()
    await settled()
    await copy.write('the copy')
    expect(tab.text()).toBe('both')
    expect(localStorage.getItem(`meower.draft.${tab.name}`)).toBe('both')
    await tab.close()
    await copy.close()
  })

  it('keeps a bounded number of what was left, the newest', async () => {
    FakeLocks.install()
    for (let tab = 0; tab <= CAPACITY; tab += 1) {
      localStorage.setItem(`meower.draft.${1_000 + tab}-x`, `draft ${tab}`)
    }
    const next = await aTab()
    expect(next.text()).toBe(`draft ${CAPACITY}`)
    expect(localStorage.getItem('meower.draft.1000-x')).toBeNull()
    expect(localStorage.getItem('meower.draft.1001-x')).toBe('draft 1')
    await next.close()
  })

  it('works within the tab where nothing may be stored', async () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const tab = await aTab()
    await tab.write('hello')
    expect(tab.text()).toBe('hello')
    await tab.crash()
    vi.restoreAllMocks()
  })
})

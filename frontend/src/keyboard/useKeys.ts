import { useEventListener } from '@vueuse/core'
import { usePreferences } from '../pace/usePreferences'
import { isTyping } from './typing'

/**
 * Single keys that do something, for as long as the component lives, unless the reader turned them off.
 * With Ctrl, Alt or ⌘ they are the browser's.
 *
 * @param meant whether they are for this component, where another one has the same
 */
export function useKeys(
  actions: Readonly<Record<string, () => void>>,
  meant: () => boolean = () => true,
) {
  const { keys } = usePreferences()

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const { defaultPrevented, ctrlKey, altKey, metaKey } = event
    if (!keys.value || defaultPrevented || ctrlKey || altKey || metaKey || isTyping(event)) return
    // What is shown above the page has the keys to itself.
    if (document.querySelector('dialog[open]') !== null) return
    const key = event.key.toLowerCase()
    if (!Object.hasOwn(actions, key) || !meant()) return
    event.preventDefault()
    actions[key]?.()
  })
}

import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { onMounted, watch } from 'vue'
import { meowAddress } from '../api'
import { useKeys } from '../keyboard/useKeys'
import { isTyping } from '../keyboard/typing'
import { isCurrentList } from './currentList'
import { placeOfTheRead } from './place'

const FOCUSABLE = 'a[href], button:not(:disabled), input, textarea, [tabindex="0"]'

/**
 * The ARIA pattern of a feed: one meow is a stop for the Tab key, Page Down, Page Up, J and K go from one to
 * the next, each says which one it is, and Enter leads to the address of the one that has the focus.
 *
 * @param changed what a change of the list can be told from
 * @param size how many meows there are, -1 while that is not known
 */
export function useFeedPattern(
  list: Readonly<Ref<HTMLElement | null>>,
  changed: () => unknown,
  size: () => number,
) {
  /** The id of the meow that had the focus last: another element may stand for it by now. */
  let current: string | undefined

  function meows(): HTMLElement[] {
    return [...(list.value?.querySelectorAll<HTMLElement>('article') ?? [])]
  }

  /** Not by binding: a new meow on top would draw all those below it anew, for their numbers. */
  function number() {
    const all = meows()
    const stop = all.find(({ dataset }) => dataset.id === current) ?? all[0]
    all.forEach((meow, index) => {
      meow.tabIndex = meow === stop ? 0 : -1
      meow.setAttribute('aria-posinset', `${index + 1}`)
      meow.setAttribute('aria-setsize', `${size()}`)
    })
  }

  function go(by: number) {
    const all = meows()
    const focused = all.findIndex((meow) => meow.contains(document.activeElement))
    const read = placeOfTheRead(all.flatMap((meow) => meow.parentElement ?? []))?.row
    const seen = all.findIndex((meow) => meow.parentElement === read)
    const meow = all[focused === -1 ? Math.max(0, seen) : focused + by]
    if (meow === undefined) return
    meow.focus({ preventScroll: true })
    meow.scrollIntoView({ block: 'nearest' })
  }

  function leave(by: number) {
    const stops = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (stop) => list.value?.contains(stop) !== true && stop.checkVisibility(),
    )
    const beyond = (stop: HTMLElement) => (list.value?.compareDocumentPosition(stop) ?? 0) & by
    const ahead = stops.filter(beyond)
    const stop = by === Node.DOCUMENT_POSITION_PRECEDING ? ahead.at(-1) : ahead[0]
    stop?.focus()
  }

  useEventListener(list, 'focusin', ({ target }: FocusEvent) => {
    const meow = target instanceof Element ? target.closest<HTMLElement>('article') : null
    if (meow === null) return
    current = meow.dataset.id
    number()
  })

  useEventListener(list, 'keydown', (event: KeyboardEvent) => {
    if (isTyping(event)) return
    if (isEntered(event)) {
      event.preventDefault()
      open(event.target)
      return
    }
    const act = PAGING[`${event.ctrlKey ? 'Control+' : ''}${event.key}`]
    if (act === undefined) return
    event.preventDefault()
    act({ go, leave })
  })

  useKeys(
    {
      j: () => {
        go(1)
      },
      k: () => {
        go(-1)
      },
    },
    () => isCurrentList(list.value),
  )
  watch([changed, size], number, { flush: 'post' })
  onMounted(number)
}

/** Whether a key is meant for a meow as a whole, and not for something in it. */
function isEntered(event: KeyboardEvent): event is KeyboardEvent & { target: HTMLElement } {
  const { key, target, ctrlKey, altKey, metaKey, shiftKey } = event
  const plain = !(ctrlKey || altKey || metaKey || shiftKey)
  return key === 'Enter' && plain && target instanceof HTMLElement && target.matches('article')
}

function open({ dataset: { id } }: HTMLElement) {
  if (id !== undefined) location.assign(meowAddress(id))
}

interface Moves {
  readonly go: (by: number) => void
  readonly leave: (by: number) => void
}

const PAGING: Readonly<Record<string, ((moves: Moves) => void) | undefined>> = {
  PageDown: ({ go }) => {
    go(1)
  },
  PageUp: ({ go }) => {
    go(-1)
  },
  'Control+Home': ({ leave }) => {
    leave(Node.DOCUMENT_POSITION_PRECEDING)
  },
  'Control+End': ({ leave }) => {
    leave(Node.DOCUMENT_POSITION_FOLLOWING)
  },
}

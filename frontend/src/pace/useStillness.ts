import {
  createSharedComposable,
  refAutoReset,
  useDocumentVisibility,
  useEventListener,
} from '@vueuse/core'
import { computed, nextTick, ref } from 'vue'
import { columnOf } from '../column/column'
import type { Column } from '../column/useColumn'
import { useColumn } from '../column/useColumn'
import { useReading } from '../useReading'

/** Milliseconds for which a pointer that does not move is taken for somebody's. */
const ATTENTION = 3_000

const LIST = '[role=feed]'
const ROW = '[data-row]'
const MENU = '[aria-expanded=true], dialog[open]'

const ofThePage = createSharedComposable(() => stillnessOf(null))

/**
 * Whether somebody is at a list, so that nothing in it may move: with the pointer, the focus, a
 * selection or an open menu, further down, or away while the tab is hidden. In a column that is said of
 * the column alone.
 */
export function useStillness() {
  const column = useColumn()
  return column === null ? ofThePage() : stillnessOf(column)
}

function stillnessOf(column: Column | null) {
  const scrolled = useReading(column)
  const visibility = useDocumentVisibility()
  const hidden = computed(() => visibility.value === 'hidden')
  const pointing = refAutoReset(false, ATTENTION)
  /** With the focus, a selection or a menu. */
  const engaged = ref(isEngaged())

  function look() {
    engaged.value = isEngaged()
  }

  useEventListener(window, 'pointermove', ({ target }) => {
    pointing.value = isIn(target, ROW)
  })
  useEventListener(document.documentElement, 'pointerleave', () => {
    pointing.value = false
  })
  useEventListener(document, ['focusin', 'selectionchange'], look)
  // The focus and the menus are where they go only after this.
  useEventListener(document, ['focusout', 'click', 'keyup'], () => void nextTick(look))

  function isEngaged(): boolean {
    return isIn(document.activeElement, LIST) || isSelected() || hasMenu()
  }

  function isSelected(): boolean {
    const selection = document.getSelection()
    if (selection === null || selection.isCollapsed) return false
    const { anchorNode, focusNode } = selection
    return isIn(anchorNode, LIST) || isIn(focusNode, LIST)
  }

  function hasMenu(): boolean {
    const menus = [...document.querySelectorAll(MENU)]
    return menus.some((menu) => columnOf(menu) === null || isHere(menu))
  }

  function isIn(target: EventTarget | null, selector: string): boolean {
    const element = target instanceof Text ? target.parentElement : target
    return element instanceof Element && element.closest(selector) !== null && isHere(element)
  }

  function isHere(element: Element): boolean {
    return column === null || column.value?.contains(element) === true
  }

  const still = computed(() => scrolled.value || hidden.value || pointing.value || engaged.value)
  return { scrolled, hidden, engaged, still, look }
}

const LISTS = '.list'

/**
 * Whether the list is the one that keys are for, where there are several: the one with the focus, or
 * else the first.
 */
export function isCurrentList(element: Element | null): boolean {
  const lists = [...document.querySelectorAll(LISTS)]
  const focused = lists.find((list) => list.contains(document.activeElement))
  return element !== null && (focused ?? lists[0])?.contains(element) !== false
}

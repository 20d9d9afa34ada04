const COLUMN = '[data-column]'

/** The column that an element stands in, which scrolls by itself; null where the window scrolls it. */
export function columnOf(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>(COLUMN) ?? null
}

export function allColumns(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(COLUMN)]
}

/** How far a column is scrolled, or the window. */
export function scrollOf(column: HTMLElement | null): number {
  return column?.scrollTop ?? window.scrollY
}

export function scrollTo(column: HTMLElement | null, top: number) {
  ;(column ?? window).scrollTo({ top })
}

/** Scrolls what an element stands in, at once. */
export function scrollBy(element: Element | null, top: number) {
  ;(columnOf(element) ?? window).scrollBy({ top, behavior: 'instant' })
}

/** Between where and where in the window it can be seen what a column has, or the page. */
export function frameOf(column: HTMLElement | null): {
  readonly top: number
  readonly bottom: number
} {
  const header = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0
  const { top = 0, bottom = window.innerHeight } = column?.getBoundingClientRect() ?? {}
  return { top: Math.max(0, header, top), bottom: Math.min(bottom, window.innerHeight) }
}

import { columnOf, frameOf, scrollBy } from '../column/column'

const ROW = '[data-row]'

/** Where a meow of a list is seen. */
export interface Place {
  readonly row: HTMLElement
  readonly top: number
}

/** The meow that has the focus, if it can be seen, or the first one that can. */
export function placeOfTheRead(rows: readonly HTMLElement[]): Place | null {
  const { top, bottom } = frameOf(columnOf(rows[0] ?? null))
  const reaches = (element: Element) => {
    const box = element.getBoundingClientRect()
    return box.bottom > top && box.top < bottom
  }
  // Not only the row: the space around the meow is nothing to be seen.
  const seen = rows.filter((row) => {
    const meow = row.firstElementChild
    return meow !== null && reaches(row) && reaches(meow)
  })
  const row = seen.find((candidate) => candidate.contains(document.activeElement)) ?? seen[0]
  return row === undefined ? null : { row, top: topOf(row) }
}

/**
 * Which of the meows, in their order, is the first that ends below a line.
 *
 * Rows are asked first: whoever asks where something in a row is has the browser lay that out, also where the
 * row is far out of sight.
 */
export function firstBelow(meows: readonly HTMLElement[], line: number): number {
  const endsBelow = (element: Element) => element.getBoundingClientRect().bottom > line
  return meows.findIndex((meow) => endsBelow(meow.closest(ROW) ?? meow) && endsBelow(meow))
}

/** Scrolls until the meow is seen there again. */
export function holdPlace({ row, top }: Place) {
  scrollBy(row, topOf(row) - top)
}

/** Where its text begins: above it a line may come that says what is new. */
export function topOf(row: HTMLElement): number {
  return (row.querySelector('.bubble') ?? row).getBoundingClientRect().top
}

/** Resolves when what is on the page now has been drawn once. */
export function drawn(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

/**
 * Gives rows their true heights at once, whether they can be seen or not: heights that come only when a row
 * is near would move what is read.
 *
 * @param meanwhile until when they are drawn in any case; not before the browser remembers their heights
 */
export function layOut(rows: readonly HTMLElement[], meanwhile?: Promise<unknown>) {
  if (rows.length === 0) return
  for (const row of rows) {
    row.style.contentVisibility = 'visible'
    turns.set(row, (turns.get(row) ?? 0) + 1)
  }
  void Promise.all([drawn(), meanwhile]).then(() => {
    for (const row of rows) {
      const left = (turns.get(row) ?? 1) - 1
      turns.set(row, left)
      if (left === 0) row.style.contentVisibility = ''
    }
  })
}

/** How often each row is laid out at the moment. */
const turns = new WeakMap<HTMLElement, number>()

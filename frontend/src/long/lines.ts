/** So many lines of a meow are shown at first. */
export const LINES = 10

/** So many letters at least are in a line, however narrow it is and however large they are. */
const NARROWEST = 4

/** Whether a text is worth being measured: most are too short for more lines anywhere. */
export function canBeLong(text: string): boolean {
  const least = text.split('\n').reduce((sum, { length }) => sum + 1 + length / NARROWEST, 0)
  return least > LINES
}

/** Whether what is in an element has more lines, on the width that it has now. */
export function isLong(element: HTMLElement): boolean {
  const line = Number.parseFloat(getComputedStyle(element).lineHeight)
  // By more than what the heights of lines are rounded by.
  return element.scrollHeight > (LINES + 0.5) * line
}

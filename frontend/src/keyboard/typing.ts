const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable=false])'

/** Whether a key belongs to a text that is being written, also by an input method. */
export function isTyping({ target, isComposing }: KeyboardEvent): boolean {
  return isComposing || (target instanceof Element && target.closest(FIELDS) !== null)
}

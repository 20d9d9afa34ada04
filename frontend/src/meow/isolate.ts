/** What turns text around, or ends what keeps it apart. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_DIRECTIONAL_ISOLATE = '\u2069'

/**
 * Text of somebody else for the middle of a sentence of ours, where no `<bdi>` can be: in the title
 * of the page and in attributes. Whatever it is, the sentence around it reads as it was meant.
 */
export function isolate(text: string): string {
  return FIRST_STRONG_ISOLATE + text.replace(TURNING, '') + POP_DIRECTIONAL_ISOLATE
}

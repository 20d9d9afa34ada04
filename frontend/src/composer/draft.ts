/** A meow has at most this many Unicode code points. */
export const LIMIT = 140

/** Joiners and direction marks alone are no text. */
const VISIBLE = /[^\s\p{Z}\p{Cf}]/u

export type Draft =
  | { readonly kind: 'empty'; readonly remaining: number }
  | { readonly kind: 'ready'; readonly body: string; readonly remaining: number }
  | { readonly kind: 'tooLong'; readonly remaining: number }
  | { readonly kind: 'forbidden'; readonly remaining: number }

/** What the server keeps of a text: one kind of line break, no white space around it, NFC. */
export function normalise(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC')
}

/** Unicode code points, as the server counts: an emoji outside the BMP is one, not two. */
export function codePoints(text: string): number {
  return Array.from(text).length
}

/** Judges a text by the rules of the server, so that it never has to refuse one. */
export function judge(text: string): Draft {
  const body = normalise(text)
  const remaining = LIMIT - codePoints(body)
  if (!VISIBLE.test(body)) return { kind: 'empty', remaining }
  if (hasForbidden(body)) return { kind: 'forbidden', remaining }
  if (remaining < 0) return { kind: 'tooLong', remaining }
  return { kind: 'ready', body, remaining }
}

/** Control characters other than line breaks, and halves of surrogate pairs. */
function hasForbidden(body: string): boolean {
  return /[^\P{Cc}\n]|\p{Cs}/u.test(body)
}

import { hiddenIn } from './hidden'

/** A meow has at most this many Unicode code points. */
export const LIMIT = 140

/** A meow has at most this many line breaks: more would push everybody's meows off the screen. */
export const LINE_BREAKS = 8

/** A letter has at most so many marks that belong to no script. */
export const MARKS = 3

/** Spaces, ignorable characters, lone marks and braille without a dot are nothing that one could see. */
const VISIBLE = /[^\s\p{Z}\p{Cc}\p{Cf}\p{DI}\p{M}\u2800]/u

/** Control characters other than line breaks, halves of surrogate pairs, and what means nothing to others. */
const FORBIDDEN = /[^\P{Cc}\n]|\p{Cs}|\p{Co}|\p{NChar}/u

/** More marks than any writing has: three that belong to no script, or four that do. */
const MANY_MARKS = /((?=[\p{Mn}\p{Me}])\p{sc=Zinh}\p{Cf}*){4,}|([\p{Mn}\p{Me}]\p{Cf}*){5,}/u

export type Draft =
  | {
      readonly kind: 'blank' | 'tooLong' | 'forbidden' | 'tooManyMarks'
      readonly remaining: number
    }
  | { readonly kind: 'hidden'; readonly remaining: number; readonly character: string }
  | { readonly kind: 'tooManyLines'; readonly remaining: number; readonly excess: number }
  | { readonly kind: 'ready'; readonly remaining: number; readonly body: string }

/** What the server keeps of a text: one kind of line break, no tabs, no white space around it, NFC. */
export function normalise(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').trim().normalize('NFC')
}

/** Unicode code points, as the server counts: an emoji outside the BMP is one, not two. */
export function codePoints(text: string): number {
  return Array.from(text).length
}

/** Judges a text by the rules of the server, so that it never has to refuse one. */
export function judge(text: string): Draft {
  const body = normalise(text)
  const remaining = LIMIT - codePoints(body)
  const excess = body.split('\n').length - 1 - LINE_BREAKS
  if (!VISIBLE.test(body)) return { kind: 'blank', remaining }
  if (remaining < 0) return { kind: 'tooLong', remaining }
  if (excess > 0) return { kind: 'tooManyLines', remaining, excess }
  if (FORBIDDEN.test(body)) return { kind: 'forbidden', remaining }
  const character = hiddenIn(body)
  if (character !== undefined) return { kind: 'hidden', remaining, character }
  if (MANY_MARKS.test(body)) return { kind: 'tooManyMarks', remaining }
  return { kind: 'ready', remaining, body }
}

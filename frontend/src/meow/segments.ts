import { ADDRESS, linkIn } from './links'
import type { Match } from './meow'

/** A stretch of a body that is marked as a whole or not at all. */
export interface Part {
  readonly text: string
  readonly marked: boolean
}

/**
 * A stretch of a body with one meaning. The parts' texts, joined, are exactly the stretch, except where the name in a
 * link looks like another one: there it is shown as it is registered, in Punycode.
 */
export type Segment =
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Part[] }
  | { readonly kind: 'tag'; readonly tag: string; readonly parts: readonly Part[] }

/** What nobody sees, and the points inside of words of Catalan, Japanese, Hebrew and Tibetan. */
const MEDIAL = '\\u00AD\\u2060\\u200C\\u200D·‧・･゠׳״་'

const LETTER = '[\\p{L}\\p{M}\\p{N}_]'

/** Not behind letters; a picture ends with a selector or a keycap, which are marks of no letter. */
const BEFORE = '(?<!(?![\\uFE00-\\uFE0F\\p{Me}])[\\p{L}\\p{M}\\p{N}_&#＃﹟])'

const TAG = `${BEFORE}[#＃﹟](?!\\p{M})(?=[\\p{M}\\p{N}${MEDIAL}]*[\\p{L}_])${LETTER}+(?:[${MEDIAL}]+${LETTER}+)*`

/** Links, and tags by the rule of the servers. */
const CANDIDATE = new RegExp(`${ADDRESS}|${TAG}`, 'giu')

/** Splits a body into text, links and tags, each split again where search marks begin and end. */
export function segments(body: string, matches: readonly Match[] = []): Segment[] {
  const marks = tidy(body, matches)
  const found: Segment[] = []
  let at = 0
  const text = (end: number) => {
    if (end > at) found.push({ kind: 'text', parts: cut(body, at, end, marks) })
  }
  for (const { 0: candidate, index } of body.matchAll(CANDIDATE)) {
    const link = /^[#＃﹟]/u.test(candidate) ? undefined : linkIn(candidate)
    if (link === null) continue
    const end = index + (link ?? candidate).length
    text(index)
    const parts = cut(body, index, end, marks)
    found.push(
      link === undefined
        ? { kind: 'tag', tag: candidate, parts }
        : {
            kind: 'link',
            href: link.href,
            parts: link.shown === link.href ? parts : named(link.shown, parts),
          },
    )
    at = end
  }
  text(body.length)
  return found
}

/** The tag that a body has first, if any. */
export function firstTag(body: string): string | null {
  const tag = segments(body).find((segment) => segment.kind === 'tag')
  return tag?.tag ?? null
}

/** What is shown instead is marked as a whole. */
function named(shown: string, parts: readonly Part[]): Part[] {
  return [{ text: shown, marked: parts.some(({ marked }) => marked) }]
}

function cut(body: string, start: number, end: number, marks: readonly Match[]): Part[] {
  const parts: Part[] = []
  const add = (from: number, to: number, marked: boolean) => {
    if (to > from) parts.push({ text: body.slice(from, to), marked })
  }
  let at = start
  for (const mark of marks) {
    if (mark.end <= at || mark.start >= end) continue
    const from = Math.max(mark.start, at)
    const to = Math.min(mark.end, end)
    add(at, from, false)
    add(from, to, true)
    at = to
  }
  add(at, end, false)
  return parts
}

/** Sorted, inside the body, without overlap, and never through the middle of a surrogate pair. */
function tidy(body: string, matches: readonly Match[]): Match[] {
  const wanted = matches
    .map(({ start, end }) => ({
      start: insidePair(body, start) ? start - 1 : Math.max(0, start),
      end: insidePair(body, end) ? end + 1 : Math.min(body.length, end),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start)
  const tidied: Match[] = []
  for (const mark of wanted) {
    const before = tidied.at(-1)
    if (before !== undefined && mark.start <= before.end) {
      tidied[tidied.length - 1] = { start: before.start, end: Math.max(before.end, mark.end) }
    } else {
      tidied.push(mark)
    }
  }
  return tidied
}

function insidePair(body: string, index: number): boolean {
  if (index <= 0 || index >= body.length) return false
  return isHigh(body.charCodeAt(index - 1)) && isLow(body.charCodeAt(index))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

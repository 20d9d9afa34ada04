import type { Match } from './meow'

/** A stretch of a body that is marked as a whole or not at all. */
export interface Part {
  readonly text: string
  readonly marked: boolean
}

/** A stretch of a body with one meaning. The parts' texts, joined, are exactly the stretch. */
export type Segment =
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Part[] }
  | { readonly kind: 'tag'; readonly tag: string; readonly parts: readonly Part[] }

/** Links, and tags by the rule of the servers. */
const CANDIDATE =
  /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{M}\p{N}_#&/])#(?=\p{N}*[\p{L}_])[\p{L}\p{M}\p{N}_]+/giu

/** Splits a body into text, links and tags, each split again where search marks begin and end. */
export function segments(body: string, matches: readonly Match[] = []): Segment[] {
  const marks = tidy(body, matches)
  const found: Segment[] = []
  let at = 0
  const text = (end: number) => {
    if (end > at) found.push({ kind: 'text', parts: cut(body, at, end, marks) })
  }
  for (const candidate of body.matchAll(CANDIDATE)) {
    const special = recognise(candidate[0])
    if (special === null) continue
    const end = candidate.index + special.length
    text(candidate.index)
    const parts = cut(body, candidate.index, end, marks)
    found.push(
      special.kind === 'link'
        ? { kind: 'link', href: special.value, parts }
        : { kind: 'tag', tag: special.value, parts },
    )
    at = end
  }
  text(body.length)
  return found
}

interface Special {
  readonly kind: 'link' | 'tag'
  readonly value: string
  readonly length: number
}

function recognise(candidate: string): Special | null {
  if (candidate.startsWith('#')) {
    return { kind: 'tag', value: candidate, length: candidate.length }
  }
  const address = withoutTrailingPunctuation(candidate)
  return URL.canParse(address) ? { kind: 'link', value: address, length: address.length } : null
}

/** The full stop of "see https://example.org." ends the sentence, not the address. */
function withoutTrailingPunctuation(candidate: string): string {
  let address = candidate
  for (;;) {
    const last = address.at(-1) ?? ''
    const unbalanced = last === ')' && count(address, ')') > count(address, '(')
    if (!unbalanced && !/[.,;:!?'’”»*_~\]}…]/u.test(last)) return address
    address = address.slice(0, -1)
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
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

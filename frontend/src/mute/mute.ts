import type { Meow } from '../meow/meow'
import { isRecord } from '../meow/meow'
import { segments } from '../meow/segments'
import { fold } from '../meow/fold'
import type { Wording } from './wording'
import { finder, wordingOf } from './wording'
import { t } from '../language/text'

/** So many are kept at most. */
export const MOST = 300

/** A word or a phrase has so many letters at most, in UTF-16 code units. */
export const LONGEST = 140

export const DAY = 24 * 3_600_000

/** Something that a reader does not want to see. */
export interface Mute {
  readonly kind: 'meow' | 'tag' | 'word'
  /** The meow's id, the tag with its sign, or the word or phrase, as somebody wrote it. */
  readonly what: string
  /** When that was. */
  readonly since: number
  /** When it is over; null when never. */
  readonly until: number | null
}

/** What somebody wrote to be muted: a tag when it is nothing else. */
export function wanted(text: string): Pick<Mute, 'kind' | 'what'> {
  const what = text.trim().replace(/\s+/g, ' ').normalize('NFC')
  const parts = segments(what)
  return { kind: parts.length === 1 && parts[0]?.kind === 'tag' ? 'tag' : 'word', what }
}

/** The tags of a body, each once. */
export function tagsOf(body: string): readonly string[] {
  const tags = segments(body).flatMap((part) => (part.kind === 'tag' ? [part.tag] : []))
  return tags.filter((tag, index) => tags.findIndex((other) => sameTag(other, tag)) === index)
}

function sameTag(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other)
}

/** What a tag is compared by, whatever sign it has. */
function nameOf(tag: string): string {
  return fold(tag.slice(1))
}

export function isSame(one: Mute, other: Mute): boolean {
  return one.kind === other.kind && key(one) === key(other)
}

function key({ kind, what }: Mute): string {
  switch (kind) {
    case 'meow':
      return what
    case 'tag':
      return nameOf(what)
    case 'word':
      return wordingOf(what).signed
  }
}

export function isOver({ until }: Mute, now: number): boolean {
  return until !== null && until <= now
}

/** Returns what tells why a meow is muted; null when it is not. Each meow is judged once. */
export function judgeOf(mutes: readonly Mute[]): (meow: Meow) => Mute | null {
  const ids = new Map(mutes.filter(({ kind }) => kind === 'meow').map((mute) => [mute.what, mute]))
  const tags = new Map(
    mutes.filter(({ kind }) => kind === 'tag').map((mute) => [nameOf(mute.what), mute]),
  )
  const words = mutes
    .filter(({ kind }) => kind === 'word')
    .map((mute) => ({ mute, isIn: finder(mute.what) }))
  const judged = new WeakMap<Meow, Mute | null>()

  function tagged(body: string): Mute | null {
    if (tags.size === 0) return null
    const tag = tagsOf(body).find((one) => tags.has(nameOf(one)))
    return tag === undefined ? null : (tags.get(nameOf(tag)) ?? null)
  }

  function worded(body: string): Mute | null {
    if (words.length === 0) return null
    const text: Wording = wordingOf(body)
    return words.find(({ isIn }) => isIn(text))?.mute ?? null
  }

  return (meow) => {
    const known = judged.get(meow)
    if (known !== undefined) return known
    const reason = ids.get(meow.id) ?? tagged(meow.body) ?? worded(meow.body)
    judged.set(meow, reason)
    return reason
  }
}

export function isMute(value: unknown): value is Mute {
  return (
    isRecord(value) &&
    (value.kind === 'meow' || value.kind === 'tag' || value.kind === 'word') &&
    typeof value.what === 'string' &&
    value.what !== '' &&
    value.what.length <= LONGEST &&
    Number.isFinite(value.since) &&
    (value.until === null || Number.isFinite(value.until))
  )
}

/** Reads what was kept; what cannot be read is left out. */
export function readMutes(kept: string): readonly Mute[] {
  try {
    const read: unknown = JSON.parse(kept)
    return Array.isArray(read) ? read.filter(isMute).slice(-MOST) : []
  } catch {
    return []
  }
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Says how long a mute still lasts. */
export function remaining({ until }: Mute, now: number): string {
  if (until === null) return t('mute.leftEver')
  const left = Math.max(MINUTE, until - now)
  return left >= HOUR
    ? t('mute.leftHours', { count: Math.ceil(left / HOUR) })
    : t('mute.leftMinutes', { count: Math.ceil(left / MINUTE) })
}

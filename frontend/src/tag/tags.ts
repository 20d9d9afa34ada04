import { LIMIT, codePoints } from '../composer/draft'
import type { Meow } from '../meow/meow'
import { segments } from '../meow/segments'
import { tagName } from '../meow/tagName'

/** How many tags one list can have: each of them is asked for by itself. */
export const MOST_TAGS = 10

/** So many words that are no tags are repeated, and so many characters of each. */
const TOLD = 3
const TOLD_OF_EACH = 40

const SIGN = /^[#＃﹟]/u

export interface Tag {
  /** As it was written, with its sign. */
  readonly text: string
  /** What it is compared by. */
  readonly name: string
}

/** What an address or something stored asks for. */
export interface TagRequest {
  readonly tags: readonly Tag[]
  /** What is no tag, as far as it is worth telling. */
  readonly senseless: readonly string[]
  /** How many tags are left out, because they are too many. */
  readonly excess: number
}

/** Reads tags with or without their signs, between them spaces, each once. */
export function readTags(text: string): TagRequest {
  const words = text.normalize('NFC').split(/[\s+]+/u)
  const named = words.filter((word) => word !== '')
  const tags = new Map<string, Tag>()
  const senseless: string[] = []
  for (const word of named) {
    const tag = readTag(word)
    if (tag === null) senseless.push(word)
    else if (!tags.has(tag.name)) tags.set(tag.name, tag)
  }
  const all = [...tags.values()]
  return {
    tags: all.slice(0, MOST_TAGS),
    senseless: senseless.slice(0, TOLD).map(shortened),
    excess: Math.max(0, all.length - MOST_TAGS),
  }
}

function shortened(word: string): string {
  const characters = Array.from(word)
  if (characters.length <= TOLD_OF_EACH) return word
  return `${characters.slice(0, TOLD_OF_EACH).join('')}…`
}

function readTag(word: string): Tag | null {
  const text = `#${word.replace(SIGN, '')}`
  if (codePoints(text) > LIMIT) return null
  const [first, ...rest] = segments(text)
  return first?.kind === 'tag' && rest.length === 0 ? { text, name: tagName(text) } : null
}

/** The same whatever the order and the case of the tags. */
export function keyOf(tags: readonly Tag[]): string {
  return tags
    .map(({ name }) => name)
    .sort()
    .join(' ')
}

/** As they are shown. */
export function titleOf(tags: readonly Tag[]): string {
  return tags.map(({ text }) => text).join(' ')
}

/** Where meows with one of the tags are, whose texts may have their signs or not. */
export function tagAddress(...texts: readonly string[]): string {
  const words = texts.map((text) => encodeURIComponent(text.replace(SIGN, '')))
  return `/?tag=${words.join('+')}`
}

/** Whether a meow has one of the tags. */
export function isTagged({ body }: Meow, tags: readonly Tag[]): boolean {
  return segments(body).some(
    (segment) => segment.kind === 'tag' && tags.some(({ name }) => name === tagName(segment.tag)),
  )
}

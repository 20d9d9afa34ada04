/**
 * What an address is made of: letters, marks, digits and pictures of any script, and the signs of RFC 3986; beside these
 * only what stands inside of words. Every other mark of any script ends it, and so does what nobody sees.
 */
export const ADDRESS =
  "https?:\\/\\/(?:(?!\\p{DI})[\\p{L}\\p{M}\\p{N}\\p{ExtPict}\\-._~:\\/?#\\[\\]@!$&'()*+,;=%·・׳״‐-―])+"

/** The scripts of UTS #31 that are written today, without those that look like Latin. */
const DISTINCT = (
  'Arabic Bengali Bopomofo Devanagari Ethiopic Georgian Gujarati Gurmukhi Han Hangul Hebrew Hiragana Kannada Katakana ' +
  'Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'
).split(' ')

const LIKE_LATIN = ['Armenian', 'Cherokee', 'Cyrillic', 'Greek']

/** Written together every day: UTS #39, highly restrictive. */
const TOGETHER = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
]

const OF_ONE_WRITING = [
  ...[...DISTINCT, ...LIKE_LATIN, 'Latin'].map((script) => [script]),
  ...TOGETHER,
].map(madeOf)

/** The end of a name is Latin nearly everywhere. */
const OF_ONE_WRITING_AND_LATIN = [
  ...OF_ONE_WRITING,
  ...DISTINCT.map((script) => madeOf(['Latin', script])),
]

function madeOf(scripts: readonly string[]): RegExp {
  const letters = scripts.map((script) => `\\p{scx=${script}}`).join('')
  return new RegExp(`^[${letters}\\p{sc=Zyyy}\\p{sc=Zinh}]+$`, 'u')
}

/** A link as it is followed, and as it is shown. */
export interface Link {
  readonly href: string
  readonly shown: string
  readonly length: number
}

/** Finds the link that something like an address begins with. None leads to another host than it seems to. */
export function linkIn(candidate: string): Link | null {
  const href = withoutTrailingPunctuation(candidate)
  if (!URL.canParse(href)) return null
  const authority = /^https?:\/\/([^/?#]*)/iu.exec(href)?.[1] ?? ''
  if (authority.includes('@')) return null
  const host = authority.replace(/:\d*$/u, '')
  const shown = isHonest(host) ? href : href.replace(host, new URL(href).hostname)
  return { href, shown, length: href.length }
}

/** A name of one writing, that is followed as it is written. */
function isHonest(host: string): boolean {
  return (
    host.normalize('NFKC').toLowerCase() === host.normalize('NFC').toLowerCase() &&
    OF_ONE_WRITING_AND_LATIN.some((writing) => writing.test(host)) &&
    host.split('.').every((label) => label === '' || isOfOneWriting(label))
  )
}

function isOfOneWriting(label: string): boolean {
  return OF_ONE_WRITING.some((writing) => writing.test(label))
}

const OPENING = new Map([
  [')', '('],
  [']', '['],
])

/** The full stop of "see https://example.org." ends the sentence, not the address. */
function withoutTrailingPunctuation(candidate: string): string {
  let address = candidate
  for (;;) {
    const last = address.at(-1) ?? ''
    const opening = OPENING.get(last)
    const unbalanced = opening !== undefined && count(address, last) > count(address, opening)
    if (!unbalanced && !/[.,;:!?'*~・·׳״‐-―]/u.test(last)) return address
    address = address.slice(0, -1)
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

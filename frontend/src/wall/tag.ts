import { firstTag, segments } from '../meow/segments'

/** No meow has a longer one. */
const LONGEST = 139

/** What is one letter with the mark behind it, for its readers. */
const KEPT = '(?<![иИуУ](?=\\u0306)|[іІ](?=\\u0308)|[гГкК](?=\\u0301))'

const SCRIPTS =
  'Zinh Hebrew Arabic Syriac Samaritan Mandaic Latin Greek Cyrillic Coptic Glagolitic'.split(' ')

/** Accents and points, for those who leave them out. */
const ACCENT = `${KEPT}(?=\\p{Mn})(?![\\u3099\\u309A])[${SCRIPTS.map((script) => `\\p{sc=${script}}`).join('')}]`

const UNSEEN = '[\\p{Cf}\\p{Me}\\u0640\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164]'

const NUKTA = '[\\u093C\\u0A3C]'

const LEFT_OUT = new RegExp(`${ACCENT}|${UNSEEN}|${NUKTA}`, 'gu')

const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
  ς: 'σ',
  '\u0649': '\u064A',
  '\u06CC': '\u064A',
  '\u06D2': '\u064A',
  '\u06A9': '\u0643',
  '\u0629': '\u0647',
  '\u06D5': '\u0647',
  '\u06C1': '\u0647',
  '\u0671': '\u0627',
}

/** The tag that somebody means, without its sign; null if there is none in the text. */
export function tagIn(text: string): string | null {
  const tag = firstTag(
    `#${text
      .normalize('NFC')
      .trim()
      .replace(/^[#＃﹟]+/u, '')}`,
  )
  return tag === null || Array.from(tag).length > LONGEST + 1 ? null : tag.slice(1)
}

/** Whether a body has a tag, which is given without its sign, by the rule of the servers. */
export function hasTag(body: string, tag: string): boolean {
  const name = nameOf(tag)
  return (
    /[#＃﹟]/u.test(body) &&
    segments(body).some(
      (segment) => segment.kind === 'tag' && nameOf(segment.tag.slice(1)) === name,
    )
  )
}

/** What a tag is compared by: without accents, points, case, width and what nobody sees. */
export function nameOf(tag: string): string {
  return plain(plain(tag).toUpperCase().toLowerCase()).normalize('NFC')
}

function plain(text: string): string {
  return Array.from(text.normalize('NFKD').replace(LEFT_OUT, ''), otherwise).join('')
}

function otherwise(letter: string): string {
  return /\p{Nd}/u.test(letter) ? digit(letter) : (WRITTEN_OTHERWISE[letter] ?? letter)
}

/** The digits of every script follow one another from zero to nine. */
function digit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}

import { fold } from '../meow/fold'

/** They are written without spaces between the words. */
const DENSE_SCRIPTS =
  'Hani Hira Kana Bopo Hang Thai Laoo Khmr Mymr Tibt Java Bali Yiii Tale Talu Lana'
    .split(' ')
    .map((script) => `\\p{sc=${script}}`)
    .join('')

const DENSE = `(?:\\u30FC|(?=[\\p{L}\\p{M}\\p{N}])[${DENSE_SCRIPTS}])`

const LETTER = `(?!${DENSE})[\\p{L}\\p{N}]`
const MORE = `(?!${DENSE})[\\p{L}\\p{N}\\p{M}]`

const TOKEN = new RegExp(
  [
    `(?<front>(?<![\\p{L}\\p{N}])[.@$])?(?<word>${LETTER}(?:${MORE})*)(?<behind>[+#*]*)`,
    `(?<dense>${DENSE}(?:${DENSE}|\\p{M})*)`,
    '(?<picture>[\\u{1F1E6}-\\u{1F1FF}]{1,2}|\\p{Emoji_Presentation}|\\p{ExtPict})',
  ].join('|'),
  'gu',
)

/** A text as words are looked for in it. */
export interface Wording {
  /** The words, each between spaces. */
  readonly plain: string
  /** The same with the signs that some are known by, like `C++`, `.net` and `@somebody`. */
  readonly signed: string
}

/** Takes a text apart as the servers do (`Tokens`, `Name`): into words, pictures, and runs of scripts without spaces. */
export function wordingOf(text: string): Wording {
  const plain: string[] = []
  const signed: string[] = []
  for (const { groups = {} } of fold(text).matchAll(TOKEN)) {
    const { front = '', word, behind = '', dense, picture = '' } = groups
    const token = word ?? dense ?? picture
    plain.push(token)
    signed.push(front + token + behind)
  }
  return { plain: between(plain), signed: between(signed) }
}

function between(tokens: readonly string[]): string {
  return ` ${tokens.join(' ')} `
}

export function hasWords(text: string): boolean {
  return wordingOf(text).plain.trim() !== ''
}

const DENSE_FIRST = new RegExp(`^ ${DENSE}`, 'u')
const DENSE_LAST = new RegExp(`${DENSE}\\p{M}* $`, 'u')

/**
 * Returns what tells whether a text has a word or a phrase. This is what matches, and what does not:
 *
 * - Both are folded first: case, accents, points, width and invisible characters make no difference.
 * - Words are matched whole: `cat` is in `cat's` and in `cat-flap`, and not in `concatenate` or `cats`.
 * - The words of a phrase have to stand next to each other, whatever signs are between them.
 * - What is written without spaces is matched as a piece, because nothing tells where its words end: `天気` is in
 *   `東京天気`, and `커피` in `커피숍에서`.
 * - Signs at the ends count where a name has them: `C++` is not in `C`, but `C` is in `C++`.
 * - An emoji is a word; tones of skin and joiners make no difference.
 *
 * The search also forgives typing errors and takes an unfinished word for its beginning; here that would hide what nobody
 * asked for.
 */
export function finder(phrase: string): (text: Wording) => boolean {
  const { plain, signed } = wordingOf(phrase)
  if (plain.trim() === '') return () => false
  const named = plain !== signed
  const wanted = (named ? signed : plain).replace(DENSE_FIRST, trimmed).replace(DENSE_LAST, trimmed)
  return (text) => (named ? text.signed : text.plain).includes(wanted)
}

function trimmed(part: string): string {
  return part.trim()
}

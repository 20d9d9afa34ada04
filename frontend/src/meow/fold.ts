/** What a text reads the same without: points, accents, tones of skin, and what nobody sees. */
const LEFT_OUT = new RegExp(
  [
    '(?![\\u3099\\u309A])(?=\\p{Mn})[\\p{sc=Zinh}\\p{sc=Hebr}\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Samr}\\p{sc=Mand}\\p{sc=Latn}' +
      '\\p{sc=Grek}\\p{sc=Cyrl}\\p{sc=Copt}\\p{sc=Glag}\\u093C\\u0A3C]',
    '[\\p{Me}\\u180B-\\u180F\\u17B4\\u17B5]',
    '[\\p{Cf}\\u0640\\u115F\\u1160\\u3164]',
    '[\\u{1F3FB}-\\u{1F3FF}]',
  ].join('|'),
  'gu',
)

/** Makes another letter of the one before it, which nobody takes for the plain one. */
const PART_OF_LETTER = /([иИуУ])\u0306|([іІ])\u0308|([гГкК])\u0301/gu

/** Letters that are no letter with a mark, and are written without their sign all the same. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
  '\u2018': "'",
  '\u2019': "'",
  '\u02BB': "'",
  '\u02BC': "'",
  '\u0649': '\u064A',
  '\u06CC': '\u064A',
  '\u06D2': '\u064A',
  '\u06A9': '\u0643',
  '\u0629': '\u0647',
  '\u06D5': '\u0647',
  '\u06C1': '\u0647',
  '\u0671': '\u0627',
}

const UNLIKE_ASCII = /[^\0-\x7F]/

/**
 * A text as it is compared, by the rule by which the servers fold what is searched (`FoldedText` and
 * `PlainLetters`): without accents, points, case and width, and without what nobody sees. `Straße` and
 * `STRASSE` are the same, `café` and `cafe`, `ｗａｖｅ` and `wave`, `ספר` and `סֵפֶר`, `كتاب` and `كتـــاب`; not
 * so й and и, パ and ハ.
 */
export function fold(text: string): string {
  if (!UNLIKE_ASCII.test(text)) return text.toLowerCase()
  // One by one: a letter at the end of a word is the same as inside of it, like σ and ς.
  const cased = Array.from(plain(text), (letter) => letter.toUpperCase().toLowerCase()).join('')
  return plain(cased).normalize('NFC')
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(PART_OF_LETTER, (letter) => letter.normalize('NFC'))
    .replace(LEFT_OUT, '')
    .replace(/[^\0-\x7F]/gu, (letter) => PLAIN[letter.toLowerCase()] ?? digit(letter))
}

/** Those of every script are those of ASCII; ten stand next to each other, from nought to nine. */
function digit(letter: string): string {
  if (!isDigit(letter)) return letter
  let value = 0
  while (value < 9 && isDigit(String.fromCodePoint((letter.codePointAt(0) ?? 0) - value - 1)))
    value += 1
  return `${value}`
}

function isDigit(letter: string): boolean {
  return /\p{Nd}/u.test(letter)
}

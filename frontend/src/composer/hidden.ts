/** A flag of a region that has no flag of its own. */
const FLAG = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}/gu

/** What nobody needs to write: overrides of direction, tags, annotations, reserved and deprecated ones. */
const ALWAYS =
  /[\u202D\u202E\u2061-\u2065\u206A-\u206F\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]/u

/** In writing there are at most three of these side by side. */
const MANY =
  /(?:[\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]){4,}/u

const CLOSING = new Map([
  ['\u202A', '\u202C'],
  ['\u202B', '\u202C'],
  ['\u2066', '\u2069'],
  ['\u2067', '\u2069'],
  ['\u2068', '\u2069'],
])

/** The first character that nobody sees and that hides text or turns it around, as in U+202E. */
export function hiddenIn(text: string): string | undefined {
  const withoutFlags = text.replaceAll(FLAG, '')
  const found = (ALWAYS.exec(withoutFlags) ?? MANY.exec(withoutFlags))?.[0] ?? unpaired(text)
  const codePoint = found?.codePointAt(0)
  return codePoint === undefined
    ? undefined
    : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

/** One that opens and is not closed in its line, or closes what is not open. */
function unpaired(text: string): string | undefined {
  const open: string[] = []
  for (const character of text) {
    if (CLOSING.has(character)) {
      open.push(character)
    } else if (character === '\u202C' || character === '\u2069') {
      if (CLOSING.get(open.pop() ?? '') !== character) return character
    } else if (character === '\n' && open.length > 0) {
      return open.at(-1)
    }
  }
  return open.at(-1)
}

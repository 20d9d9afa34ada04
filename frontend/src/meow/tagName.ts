/** What is left out of a name: what nobody sees, rings around letters, accents and points that readers leave out. */
const LEFT_OUT =
  /[\p{Cf}\p{Me}\u093C\u0A3C]|(?<![иИуУ])\u0306|(?<![іІ])\u0308|(?<![гГкК])\u0301|(?![\u0301\u0306\u0308\u3099\u309A])(?=\p{Mn})[\p{sc=Zinh}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]/gu

/**
 * By what a tag is compared: without its sign, accents, case and width, nearly as the servers do. Where it
 * differs from theirs only this page is wrong about whose meow it is, until it is read again.
 */
export function tagName(tag: string): string {
  const plain = tag
    .replace(/^[#＃﹟]/u, '')
    .normalize('NFKD')
    .replace(LEFT_OUT, '')
  return Array.from(plain.toUpperCase(), (letter) => letter.toLowerCase()).join('')
}

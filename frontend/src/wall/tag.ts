import { firstTag, segments } from '../meow/segments'
import { tagName } from '../meow/tagName'

/** No meow has a longer one. */
const LONGEST = 139

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
  const name = tagName(tag)
  return (
    /[#＃﹟]/u.test(body) &&
    segments(body).some((segment) => segment.kind === 'tag' && tagName(segment.tag) === name)
  )
}

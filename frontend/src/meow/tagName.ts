import { fold } from './fold'

/** By what a tag is compared: without its sign, and as the servers fold what is searched. */
export function tagName(tag: string): string {
  return fold(tag.replace(/^[#＃﹟]/u, ''))
}

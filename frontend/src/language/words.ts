import type { Key, Value } from './messages'
import { partsOf } from './text'

/** Words of the page, said in the language that is read by then. */
export interface Message {
  readonly key: Key
  readonly values?: Readonly<Record<string, Value>>
  /** What stands for `{words}` in them. */
  readonly words?: Words
}

/** Words of a server, which are English as they are, or of the page. */
export type Words = string | Message

/** Says it without telling the languages apart: for what is only read out, and for the log. */
export function said(words: Words): string {
  if (typeof words === 'string') return words
  return partsOf(words.key, words.values)
    .map((part) => (typeof part === 'string' ? part : said(words.words ?? '')))
    .join('')
}

import type { Draft } from './draft'
import { LINE_BREAKS } from './draft'

/** What somebody has to do before the text can be posted; empty when there is nothing. */
export function complaint(draft: Draft): string {
  switch (draft.kind) {
    case 'tooLong':
      return `Shorten it by ${counted(-draft.remaining, 'character')} to post it.`
    case 'tooManyLines':
      return `Remove ${counted(draft.excess, 'line break')}: a meow has at most ${LINE_BREAKS}.`
    case 'forbidden':
      return 'It has a control character, or one that means nothing to others. Please remove it to post.'
    case 'hidden':
      return `Remove the invisible character ${draft.character}: it hides text or turns it around.`
    case 'tooManyMarks':
      return 'Remove some marks: a letter has at most 3 above and below it.'
    case 'blank':
    case 'ready':
      return ''
  }
}

function counted(count: number, name: string): string {
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`
}

import type { FunctionalComponent, PropType, VNodeChild } from 'vue'
import { h } from 'vue'
import { partsOf } from './text'
import type { Words } from './words'

/** Words of which those of a server are marked as what they are: English, whatever the page speaks. */
export const SaidWords: FunctionalComponent<{ readonly words: Words }> = ({ words }) =>
  render(words)

SaidWords.props = { words: { type: [String, Object] as PropType<Words>, required: true } }

function render(words: Words): VNodeChild {
  if (typeof words === 'string') return words === '' ? '' : h('bdi', { lang: 'en' }, words)
  return partsOf(words.key, words.values).map((part) =>
    typeof part === 'string' ? part : render(words.words ?? ''),
  )
}

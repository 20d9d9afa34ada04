import type { FunctionalComponent } from 'vue'
import { h } from 'vue'
import type { Segment } from '../meow/segments'
import { segments } from '../meow/segments'

/**
 * A body as text nodes, to be read only: nobody follows a link on a wall, and no text becomes markup. Its
 * direction and its language are its own.
 */
export const WallText: FunctionalComponent<{ readonly body: string }> = ({ body }) =>
  h('p', { class: 'body', dir: 'auto', lang: '' }, segments(body).map(shown))

WallText.props = { body: { type: String, required: true } }

function shown({ kind, parts }: Segment) {
  const text = parts.map((part) => part.text).join('')
  return kind === 'tag' ? h('span', { class: kind }, text) : text
}

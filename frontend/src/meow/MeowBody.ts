import type { FunctionalComponent, VNodeChild } from 'vue'
import { h } from 'vue'
import { tagAddress } from '../tag/tags'
import type { Match } from './meow'
import type { Part, Segment } from './segments'
import { segments } from './segments'

interface Props {
  readonly body: string
  readonly matches?: readonly Match[]
}

/**
 * A body as text nodes: nothing in it can ever become an element of its own. Its language is that of
 * whoever wrote it, and not that of the page.
 */
export const MeowBody: FunctionalComponent<Props> = ({ body, matches }) =>
  h('p', { class: 'body', dir: 'auto', lang: '' }, segments(body, matches).map(segment))

MeowBody.props = { body: { type: String, required: true }, matches: { type: Array } }

function segment(segment: Segment): VNodeChild {
  const content = segment.parts.map(part)
  switch (segment.kind) {
    case 'text':
      return content
    case 'link':
      return h(
        'a',
        {
          href: segment.href,
          // Wherever it stands: its host is where readers of addresses look for it.
          dir: 'ltr',
          target: '_blank',
          rel: 'noopener noreferrer nofollow',
        },
        content,
      )
    case 'tag':
      return h('a', { href: tagAddress(segment.tag), class: 'tag', dir: 'auto' }, content)
  }
}

function part({ text, marked }: Part): VNodeChild {
  return marked ? h('mark', text) : text
}

import type { FunctionalComponent, PropType } from 'vue'
import type { Key, Value } from './messages'
import { partsOf } from './text'

interface Props {
  readonly message: Key
  readonly values?: Readonly<Record<string, Value>>
}

/** A message with elements in it: for each of its names in braces that has no value there is a slot. */
export const MessageText: FunctionalComponent<Props> = ({ message, values }, { slots }) =>
  partsOf(message, values).map((part) => (typeof part === 'string' ? part : slots[part.name]?.()))

MessageText.props = {
  message: { type: String as PropType<Key>, required: true },
  values: { type: Object as PropType<Props['values']> },
}

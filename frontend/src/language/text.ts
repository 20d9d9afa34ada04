import { computed, shallowRef } from 'vue'
import en from './en'
import type { Language } from './languages'
import type { Given, Key, Messages, Plural, Value } from './messages'

interface Spoken {
  readonly language: Language
  readonly messages: Messages
}

/** The language with its messages: both change at once. */
const spoken = shallowRef<Spoken>({ language: 'en', messages: en })

/** In which language the page is now. What asks for it, or says anything, follows it. */
export const language = computed(() => spoken.value.language)

const numbers = computed(() => new Intl.NumberFormat(language.value))
const plurals = computed(() => new Intl.PluralRules(language.value))

export function speak(chosen: Language, messages: Messages) {
  spoken.value = { language: chosen, messages }
}

/** A number as the language writes it. */
export function number(value: number): string {
  return numbers.value.format(value)
}

/** What the page says, in its language. */
export function t<K extends Key>(key: K, ...[values]: Given<K>): string {
  return partsOf(key, values)
    .map((part) => (typeof part === 'string' ? part : `{${part.name}}`))
    .join('')
}

/** What the page says, in parts: text, and the names for which nothing is told. */
export function partsOf(
  key: Key,
  values: Readonly<Record<string, Value | undefined>> = {},
): readonly (string | { readonly name: string })[] {
  const message: string | Plural = spoken.value.messages[key]
  const text = typeof message === 'string' ? message : formOf(message, Number(values.count))
  return text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part
    const value = values[part]
    if (value === undefined) return { name: part }
    return typeof value === 'number' ? number(value) : value
  })
}

function formOf(message: Plural, count: number): string {
  return message[plurals.value.select(count)] ?? message.other
}

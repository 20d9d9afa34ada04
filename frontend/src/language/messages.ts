import type en from './en'

export type Key = keyof typeof en

/** A text for each form that a number can ask for; which there are is up to the language. */
export type Plural = { readonly other: string } & Partial<
  Readonly<Record<Intl.LDMLPluralRule, string>>
>

/** What the file of a language has. */
export type Messages = {
  readonly [K in Key]: (typeof en)[K] extends string ? string : Plural
}

export type Value = string | number

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

type NamesOf<Message> = Message extends string
  ? Names<Message>
  : 'count' | Names<Message[keyof Message]>

/** What has to be told for a message: a value for each name in braces. */
export type ValuesOf<K extends Key> = {
  readonly [Name in NamesOf<(typeof en)[K]>]: Value
}

/** The messages for which nothing has to be told. */
export type PlainKey = { [K in Key]: keyof ValuesOf<K> extends never ? K : never }[Key]

/** Nothing, for a message that has no names in braces. */
export type Given<K extends Key> = keyof ValuesOf<K> extends never ? [] : [ValuesOf<K>]

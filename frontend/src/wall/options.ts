import { tagIn } from './tag'

export const THEMES = ['auto', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** What a wall shows, and how. */
export interface WallOptions {
  /** Without its sign; null is everything. */
  readonly tag: string | null
  /** What stands above the meows; null is the tag, or the name of the place. */
  readonly title: string | null
  /** For how many seconds a meow is shown; null is as long as it takes to read it. */
  readonly pace: number | null
  /** How many meows are shown at once. */
  readonly lines: number
  readonly theme: Theme
  /** Whether a QR code leads to where one can write. */
  readonly qr: boolean
}

export const USUAL: WallOptions = {
  tag: null,
  title: null,
  pace: null,
  lines: 5,
  theme: 'auto',
  qr: true,
}

export const MOST_LINES = 12
export const LONGEST_PACE = 600
export const TITLE_LENGTH = 80

/** Reads an address. What it has that is no value is replaced by what is usual. */
export function readOptions(search: string): WallOptions {
  const given = new URLSearchParams(search)
  const value = (name: string) => given.get(name) ?? ''
  return {
    tag: tagIn(value('tag')),
    title: titleIn(value('title')),
    pace: within(value('pace'), /^\d+(\.\d+)?$/, LONGEST_PACE),
    lines: within(value('lines'), /^\d+$/, MOST_LINES) ?? USUAL.lines,
    theme: THEMES.find((theme) => theme === value('theme')) ?? USUAL.theme,
    qr: value('qr') !== '0',
  }
}

/** The address of a wall, without what is usual. */
export function wallAddress({ tag, title, pace, lines, theme, qr }: WallOptions): string {
  const said = new URLSearchParams()
  if (tag !== null) said.set('tag', tag)
  if (title !== null) said.set('title', title)
  if (pace !== null) said.set('pace', String(pace))
  if (lines !== USUAL.lines) said.set('lines', String(lines))
  if (theme !== USUAL.theme) said.set('theme', theme)
  if (!qr) said.set('qr', '0')
  const parameters = said.toString()
  return parameters === '' ? '/wall' : `/wall?${parameters}`
}

/** Where one writes what comes on the wall: to be followed, and to be read and typed. */
export function composerAddress(tag: string | null): { href: string; words: string } {
  const { origin, host } = location
  if (tag === null) return { href: `${origin}/`, words: host }
  return { href: `${origin}/?${new URLSearchParams({ tag })}`, words: `${host}/?tag=${tag}` }
}

/** What a wall is called. */
export function headingOf({ title, tag }: WallOptions): string {
  return title ?? (tag === null ? 'Meower' : `#${tag}`)
}

function titleIn(text: string): string | null {
  const letters = Array.from(
    text
      .normalize('NFC')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  )
  return letters.length === 0 ? null : letters.slice(0, TITLE_LENGTH).join('')
}

function within(text: string, form: RegExp, most: number): number | null {
  const number = Number(text)
  return form.test(text) && number >= 1 && number <= most ? number : null
}

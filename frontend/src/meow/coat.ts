import { tagName } from './tagName'

const FURS = ['ginger', 'cream', 'slate', 'cocoa', 'rose', 'moss'] as const
const EYES = ['open', 'sleepy', 'wink'] as const

export interface Coat {
  readonly fur: (typeof FURS)[number]
  readonly eyes: (typeof EYES)[number]
}

/** Every tag has a cat of its own, however it is written: a meow has no author that one could be taken for. */
export function coat(tag: string): Coat {
  let hash = 7
  for (const character of tagName(tag)) hash = (hash * 31 + character.charCodeAt(0)) >>> 0
  const fur = FURS[hash % FURS.length] ?? 'ginger'
  const eyes = EYES[Math.floor(hash / FURS.length) % EYES.length] ?? 'open'
  return { fur, eyes }
}

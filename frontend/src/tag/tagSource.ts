import type { TimelinePage } from '../api'
import { SEARCH_DEPTH, TAKE, searchMeows } from '../api'
import type { Meow } from '../meow/meow'
import { isOlder } from '../meow/meow'
import type { Tag } from './tags'
import { isTagged } from './tags'

/** By so many meows a further page begins earlier than it should, in case that some were deleted. */
const OVERLAP = 5

/** The newest meows with one of the tags, exactly up to a position if one is given. */
export async function newestTagged(
  tags: readonly Tag[],
  upTo: string | null,
  signal: AbortSignal,
): Promise<TimelinePage> {
  const [first, ...others] = tags
  if (first === undefined) return { meows: [], position: upTo, more: false }
  const page = await read(first, 0, upTo, signal)
  const rest = await Promise.all(others.map((tag) => read(tag, 0, page.position, signal)))
  return merged([page, ...rest])
}

/** What is right below the last of the meows that are held. */
export async function olderTagged(
  tags: readonly Tag[],
  held: readonly Meow[],
  signal: AbortSignal,
): Promise<TimelinePage> {
  return merged(await Promise.all(tags.map((tag) => below(tag, held, signal))))
}

async function below(tag: Tag, held: readonly Meow[], signal: AbortSignal): Promise<TimelinePage> {
  const last = held.at(-1)
  const known = new Set(held.map(({ id }) => id))
  let skip = Math.max(0, held.filter((meow) => isTagged(meow, [tag])).length - OVERLAP)
  for (;;) {
    const page = await read(tag, skip, null, signal)
    const meows = page.meows.filter(
      (meow) => !known.has(meow.id) && (last === undefined || !isOlder(last, meow)),
    )
    if (meows.length > 0 || !page.more) return { ...page, meows }
    skip += TAKE
  }
}

async function read(
  { text }: Tag,
  skip: number,
  upTo: string | null,
  signal: AbortSignal,
): Promise<TimelinePage> {
  // The space says that the tag is finished: a longer one is another one.
  const request = { query: `${text} `, sort: 'newest', skip, position: upTo } as const
  const { meows, position } = await searchMeows(request, signal)
  const more = meows.length >= TAKE && skip + 2 * TAKE <= SEARCH_DEPTH
  return { meows: meows.map(withoutMarks), position, more }
}

/** Every meow of the list has the tag: to mark it says nothing. */
function withoutMarks({ id, body, created_at, revision, edited_at }: Meow): Meow {
  return { id, body, created_at, ...(revision === undefined ? {} : { revision, edited_at }) }
}

/** Pages of several tags as one, which ends where the first of them goes on. */
function merged(pages: readonly TimelinePage[]): TimelinePage {
  const [first] = pages
  if (first === undefined || pages.length === 1) {
    return first ?? { meows: [], position: null, more: false }
  }
  const ends = pages.flatMap(({ meows, more }) => (more ? meows.slice(-1) : []))
  const end = ends.reduce<Meow | null>(
    (newest, meow) => (newest === null || isOlder(newest, meow) ? meow : newest),
    null,
  )
  const all = new Map(pages.flatMap(({ meows }) => meows.map((meow) => [meow.id, meow])))
  const meows = [...all.values()]
    .filter((meow) => end === null || !isOlder(meow, end))
    .sort((a, b) => Number(isOlder(a, b)) - Number(isOlder(b, a)))
  return { meows, position: first.position, more: pages.some(({ more }) => more) }
}

import { whenever } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ApiError, TimelinePage } from '../api'
import { asApiError } from '../api'
import type { Hello } from '../feed/frames'
import { useArrivals } from '../feed/useArrivals'
import type { Meow } from '../meow/meow'
import { revisionOf } from '../meow/meow'
import type { Freshness } from '../freshness/useFreshness'
import type { Lives } from '../meow/useLives'
import { useMutes } from '../mute/useMutes'
import type { Place } from '../place/place'
import { useRetry } from '../useRetry'
import type { Runs } from './runs'
import * as held from './runs'
import type { Source } from './Source'
import { useOlder } from './useOlder'
import { useRecall } from './useRecall'

/** Without a page by then the feed is opened all the same. */
const PATIENCE = 2_000
/** How often a page that is behind the feed is asked for again while nothing new arrives. */
const CATCH_UPS = 6
/** Milliseconds by which what was just posted may be older than what the feed has brought. */
const RECENT = 60_000
/** The feed goes on after something that cannot be read: no page is known to have it. */
const NOWHERE = ''
/** What is held beyond this is let go down to `KEPT`; it can be loaded again. */
export const CAPACITY = 600
const KEPT = 300

export type LiveList = ReturnType<typeof useLiveList>

/** Gets the newest page. */
type Newest = (signal: AbortSignal) => Promise<TimelinePage>

/**
 * Meows of a source, newest first: the newest page is loaded first, and the feed begins where it ends, so
 * that nothing is missing between them. While somebody reads further down, newer meows wait.
 */
export function useLiveList(
  source: Source,
  freshness: Pick<Freshness, 'seen' | 'read'>,
  lives: Lives,
) {
  const runs = shallowRef<Runs>(held.NOTHING)
  const posted = shallowRef<readonly Meow[]>([])
  const loaded = ref(false)
  const problem = shallowRef<ApiError | null>(null)
  const arrived = ref(0)
  const told = ref(0)
  const mutes = useMutes()

  const all = computed(() => {
    const meows = runs.value.flat()
    const known = new Set(meows.map(({ id }) => id))
    const recent = posted.value.filter((meow) => !known.has(meow.id) && isRecent(meow, meows[0]))
    return [...recent, ...meows]
  })
  lives.hold(() => all.value.map(({ id }) => id))

  // What waits while somebody reads further down.

  const reading = ref<string | null>(null)
  const forgotten = ref(0)
  const hidden = computed(() => Math.max(0, place(all.value, reading.value)))
  // Deleted ones keep their places in what is held: others are found by them.
  const shown = computed<readonly Meow[]>((before) => {
    const now = lives.visible(all.value.slice(hidden.value)).filter(stays).map(lives.latest)
    // A deleted one is the same as it was, but its place is not.
    return now.some(({ id }) => lives.isDeleted(id)) ? now : unlessSame(before, now)
  })
  const above = computed(() => lives.alive(all.value.slice(0, hidden.value)).filter(stays))
  const waiting = computed(() => heard(above.value).length + forgotten.value)

  /** Those that are worth telling: neither deleted nor muted. */
  function heard(meows: readonly Meow[]): readonly Meow[] {
    return mutes.heard(lives.alive(meows).map(lives.latest))
  }

  /** Whether it belongs to the list with the text that it has by now. */
  function stays(meow: Meow): boolean {
    const now = lives.latest(meow)
    return now === meow || source.has?.(now) !== false
  }

  /** Whether newer meows wait, also when there is none yet above which they could. */
  let holding = false

  /** From now on newer meows wait above the topmost one shown. */
  function hold() {
    holding = true
    reading.value ??= all.value[0]?.id ?? null
  }

  /** Shows what waited, and what comes from now on. */
  function release() {
    holding = false
    show()
  }

  /** Shows what waited; what comes from now on waits as before. */
  function show() {
    recalled.want([])
    reading.value = holding ? (all.value[0]?.id ?? null) : null
    if (forgotten.value === 0) return
    forgotten.value = 0
    void reload()
  }

  function update(next: Runs) {
    runs.value = bounded(next)
    posted.value = posted.value.filter(({ id }) => place(runs.value.flat(), id) < 0)
    if (holding && place(all.value, reading.value) < 0) reading.value = all.value[0]?.id ?? null
  }

  function bounded(next: Runs): Runs {
    const count = next.flat().length
    if (count <= CAPACITY) return next
    if (reading.value === null) {
      older.more.value = true
      return held.keepNewest(next, KEPT)
    }
    const above = place(next.flat(), reading.value)
    if (above <= CAPACITY) return next
    forgotten.value += above - KEPT
    return held.keepAround(next, KEPT, above)
  }

  // What is newer: the feed, and the page that it starts from.

  let startPosition: string | null = null
  let feedPosition: string | null = null
  let pagePosition: string | null = null
  let fresh: ReadonlySet<string> = new Set()
  /** Whether changes were missed that nothing has been read about since. */
  let interrupted = false
  let running: AbortController | null = null
  const retry = useRetry(() => void reload())

  const arrivals = useArrivals((changes) => {
    for (const { position } of changes) freshness.seen(position)
    const created = changes.filter((change) => change.kind === 'created')
    lives.follow(changes)
    const known = new Set(all.value.map(({ id }) => id))
    const grown = held.arrive(
      runs.value,
      created.map(({ meow }) => meow),
    )
    update(
      changes
        .flatMap((change) => (change.kind === 'edited' ? change.meow : []))
        .filter((meow) => source.has?.(meow))
        .reduce((now, meow) => held.insert(now, meow, !older.more.value), grown),
    )
    count(all.value.filter(({ id }) => !known.has(id)))
    feedPosition = changes.at(-1)?.position ?? feedPosition
    if (runs.value.length === 1 || running !== null || forgotten.value > 0) return
    if (changes.some(({ position }) => position !== null && position === pagePosition)) complete()
    else retry.later()
  })

  function reload(): Promise<void> {
    return load((signal) => source.newest(signal, feedPosition === NOWHERE ? null : feedPosition))
  }

  async function load(newest: Newest) {
    running?.abort()
    const request = new AbortController()
    running = request
    try {
      const asked = Date.now()
      const learn = lives.reader()
      const first = await newest(request.signal)
      begun = true
      takeUp(await recalled.read(first.meows, request.signal))
      const page = await fetchDown(first, request.signal)
      if (request.signal.aborted) return
      freshness.read(page.position, asked)
      learn(page.meows)
      merge(page)
    } catch (error) {
      if (request.signal.aborted) return
      problem.value = asApiError(error)
      retry.later(problem.value.retryAfter)
    } finally {
      if (running === request) running = null
    }
    openFeed(pagePosition)
  }

  /** The newest page, and what lies between it and what is held, unless that is too much. */
  async function fetchDown(newest: TimelinePage, signal: AbortSignal): Promise<TimelinePage> {
    let page = newest
    while (page.more && page.meows.length < KEPT && held.leavesGap(runs.value, page.meows)) {
      const next = await source.older(page.meows, signal)
      page = { ...page, meows: [...page.meows, ...next.meows], more: next.more }
    }
    return page
  }

  function merge(page: TimelinePage) {
    problem.value = null
    loaded.value = true
    pagePosition = page.position
    fresh = new Set(page.meows.map(({ id }) => id))
    const joined = held.joinHead(runs.value, page.meows)
    if (last(joined.runs) === (page.meows.at(-1)?.id ?? null)) older.more.value = page.more
    update(joined.runs)
    if (joined.whole || reachesTheFeed(page)) complete()
    else if (retry.attempts() < CATCH_UPS) retry.later()
    else doubt()
  }

  /**
   * Positions cannot be ordered by a client, only compared: a page whose position the feed has named
   * is not behind it. Otherwise the page may end before the feed begins, and is asked for again.
   */
  function reachesTheFeed({ position }: TimelinePage): boolean {
    if (startPosition === null) return true
    return position !== null && (position === startPosition || position === feedPosition)
  }

  function complete() {
    retry.settle()
    update(held.close(runs.value))
    if (interrupted) doubt()
    interrupted = false
  }

  /** What was read last reaches beyond what was missed, or nothing does: then better than nothing. */
  function doubt() {
    lives.doubt(fresh)
  }

  function interrupt() {
    interrupted ||= all.value.length > 0
    update(held.interrupt(runs.value))
  }

  function onHello({ position, resumed }: Hello) {
    arrivals.flush()
    startPosition = position
    feedPosition = position
    freshness.seen(position)
    if (resumed) return
    retry.settle()
    interrupt()
    void reload()
  }

  function onGap(to: string | null) {
    arrivals.flush()
    startPosition = to ?? NOWHERE
    feedPosition = startPosition
    interrupt()
    retry.later()
  }

  /** Nobody tells what has happened: then what was read is where the feed is. */
  async function onPage(page: TimelinePage) {
    arrivals.flush()
    startPosition = page.position
    feedPosition = page.position
    freshness.seen(page.position)
    retry.settle()
    interrupt()
    const known = new Set(all.value.map(({ id }) => id))
    const counted = loaded.value
    await load((signal) => source.select(page, signal))
    if (counted) count(all.value.filter(({ id }) => fresh.has(id) && !known.has(id)))
  }

  function count(those: readonly Meow[]) {
    arrived.value += lives.alive(those).length
    told.value += heard(those).length
  }

  // What was held once, and is to be read on.

  const recalled = useRecall(lives)
  let begun = false

  /** Holds again what was held at a place, as it is now; what is newer waits above it. */
  function recall({ id, ids }: Place) {
    if (id === '' || place(all.value, id) >= 0) return
    recalled.want(ids)
    loaded.value = false
    if (begun) void reload()
  }

  function takeUp(meows: readonly Meow[]) {
    const [first] = meows
    if (first === undefined) return
    runs.value = [[], meows]
    reading.value = first.id
    older.more.value = true
    // None of these runs has what the feed brought until now: only a page that has it reaches them.
    startPosition = feedPosition
  }

  // What is older.

  const older = useOlder(
    source,
    () => runs.value.flat(),
    (page) => {
      update(held.extend(runs.value, page))
    },
    lives,
  )

  // What the person in front of the page posts stands at once above everything: it is not in the
  // stream yet. When the feed brings it, it takes its place there.

  function add(meow: Meow) {
    lives.learn(meow)
    posted.value = [meow, ...posted.value.filter(({ id }) => id !== meow.id)]
    update(runs.value)
  }

  const { state: feed, start } = source.follow({
    onHello,
    onChange: arrivals.add,
    onGap,
    onPage: (page) => void onPage(page),
  })

  function openFeed(after: string | null) {
    clearTimeout(patience)
    start(after)
  }

  let patience: ReturnType<typeof setTimeout> | undefined
  whenever(
    () => source.wanted?.() ?? true,
    () => {
      if (source.isFollowed === true) {
        openFeed(null)
        return
      }
      patience = setTimeout(() => {
        openFeed(null)
      }, PATIENCE)
      void reload()
    },
    { immediate: true, once: true },
  )
  onScopeDispose(() => {
    clearTimeout(patience)
    running?.abort()
  })

  return {
    feed,
    shown,
    /** How many wait to be seen; muted ones are not counted, but come with the others. */
    waiting,
    /** Whether any do. */
    holdsBack: computed(() => above.value.length + forgotten.value > 0),
    /** Whether more waits than can be held: then the list has to be read anew. */
    overfull: computed(() => forgotten.value > 0),
    /** How many have come, and how many of these are not muted. */
    arrived,
    told,
    loaded,
    problem,
    older,
    hold,
    release,
    show,
    reload,
    recall,
    add,
  }
}

/** The list as it was, when nothing of it has changed: then nothing is drawn anew. */
function unlessSame(before: readonly Meow[] | undefined, now: readonly Meow[]): readonly Meow[] {
  if (before?.length !== now.length) return now
  const same = now.every((meow, index) => {
    const old = before[index]
    return old?.id === meow.id && revisionOf(old) === revisionOf(meow) && old.body === meow.body
  })
  return same ? before : now
}

/** Unless it was posted long ago, and only the answer came just now: then its place is further down. */
function isRecent(meow: Meow, newest: Meow = meow): boolean {
  return Date.parse(newest.created_at) - Date.parse(meow.created_at) < RECENT
}

function place(meows: readonly Meow[], id: string | null): number {
  return id === null ? -1 : meows.findIndex((meow) => meow.id === id)
}

function last(runs: Runs): string | null {
  return runs.flat().at(-1)?.id ?? null
}

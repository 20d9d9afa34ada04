import { useTimeoutFn } from '@vueuse/core'
import { computed, onScopeDispose, readonly, ref, watch } from 'vue'
import { asApiError, fetchTimeline, searchMeows } from '../api'
import type { TimelinePage } from '../api'
import type { Change } from '../feed/frames'
import { useArrivals } from '../feed/useArrivals'
import { useFeed } from '../feed/useFeed'
import type { Liveness } from '../feed/useLiveness'
import type { Meow } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import { useRetry } from '../useRetry'
import { hasTag } from './tag'

/** Without a page by then the feed is opened all the same. */
const PATIENCE = 2_000
/** How often a page that is behind the feed is asked for again. */
const CATCH_UPS = 6
/** An interruption that is over within so many milliseconds is nobody's business. */
export const BLINK = 3_000

/** Where the meows of a wall go. */
export interface Sink {
  /** What was there before, the newest first. */
  readonly begin: (meows: readonly Meow[]) => void
  /** What has come since, the oldest first; some of it may have come before. */
  readonly offer: (meows: readonly Meow[]) => void
}

type Page = Pick<TimelinePage, 'meows' | 'position'>

/**
 * The meows of a wall: the last ones, and what is posted from then on. It follows everything, of which it
 * takes what has its tag: so it knows at any time whether the feed is alive, and where to go on.
 */
export function useSource(tag: string | null, lives: Lives, liveness: Liveness, sink: Sink) {
  let begun = false
  /** Whether changes were missed that nothing has been read about since. */
  let interrupted = false
  let startPosition: string | null = null
  let feedPosition: string | null = null
  let running: AbortController | null = null
  const retry = useRetry(() => void load())

  async function load(newest: (signal: AbortSignal) => Promise<Page> = read) {
    running?.abort()
    const request = new AbortController()
    running = request
    try {
      const learn = lives.reader()
      const page = await newest(request.signal)
      if (request.signal.aborted) return
      learn(page.meows)
      take(page)
      start(page.position)
    } catch (error) {
      if (request.signal.aborted) return
      retry.later(asApiError(error).retryAfter)
      start(null)
    } finally {
      if (running === request) running = null
    }
  }

  function read(signal: AbortSignal): Promise<Page> {
    if (tag === null) return fetchTimeline(null, signal)
    return searchMeows({ query: `#${tag} `, sort: 'newest' }, signal)
  }

  function take({ meows, position }: Page) {
    const alive = lives.alive(meows).map(lives.latest)
    if (begun) sink.offer(alive.toReversed())
    else sink.begin(alive)
    begun = true
    const behind = startPosition !== null && position !== startPosition && position !== feedPosition
    if (behind && retry.attempts() < CATCH_UPS) {
      retry.later()
      return
    }
    retry.settle()
    if (interrupted) lives.doubt(new Set(meows.map(({ id }) => id)))
    interrupted = false
  }

  const arrivals = useArrivals((changes) => {
    lives.follow(changes)
    feedPosition = changes.at(-1)?.position ?? feedPosition
    sink.offer(lives.alive(changes.flatMap(posted)).map(lives.latest))
  })

  /** What a change brings to the wall: also by an edit a meow gets its tag. */
  function posted(change: Change): readonly Meow[] {
    if (change.kind === 'deleted') return []
    const { id, body, created_at, revision, edited_at }: Meow = change.meow
    const meow = { id, body, created_at, revision, edited_at }
    if (tag === null) return change.kind === 'created' ? [meow] : []
    return hasTag(body, tag) ? [meow] : []
  }

  /** What was missed is read, after what has come. */
  function interrupt(position: string | null) {
    arrivals.flush()
    startPosition = position
    feedPosition = position
    interrupted = true
    retry.settle()
  }

  const { state, start: open } = useFeed(
    {
      onChange: arrivals.add,
      onHello: ({ position, resumed }) => {
        if (resumed) return
        interrupt(position)
        void load()
      },
      onGap: (to) => {
        interrupt(to)
        retry.later()
      },
      onPage: (page) => {
        interrupt(null)
        void load(tag === null ? () => Promise.resolve(page) : read)
      },
    },
    liveness,
  )

  function start(after: string | null) {
    clearTimeout(patience)
    open(after)
  }

  const patience = setTimeout(() => {
    start(null)
  }, PATIENCE)
  onScopeDispose(() => {
    clearTimeout(patience)
    running?.abort()
  })
  void load()

  // Since when nothing comes.

  const lostAt = ref(Date.now())
  const isLost = ref(false)
  const blink = useTimeoutFn(
    () => {
      isLost.value = true
    },
    BLINK,
    { immediate: false },
  )
  watch(
    () => state.value === 'live' || state.value === 'delayed',
    (live) => {
      blink.stop()
      isLost.value = false
      if (live) return
      lostAt.value = Date.now()
      blink.start()
    },
    { immediate: true, flush: 'sync' },
  )
  /** Since when the feed is not live, in milliseconds; null while it is. */
  const lostSince = computed(() => (isLost.value ? lostAt.value : null))
  return { lostSince: readonly(lostSince) }
}

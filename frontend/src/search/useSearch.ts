import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ApiError, Sort } from '../api'
import { SEARCH_DEPTH, TAKE, asApiError, searchMeows } from '../api'
import type { Liveness } from '../feed/useLiveness'
import type { Freshness } from '../freshness/useFreshness'
import type { FoundMeow, Match } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import { useMutes } from '../mute/useMutes'
import { useRetry } from '../useRetry'
import { useFindings } from './useFindings'

const DEBOUNCE = 200

/** The same words in another order are another question. */
interface Question {
  readonly query: string
  readonly sort: Sort
}

/** What was found for one question, as far as it is loaded; only that question can extend it. */
interface Answer {
  readonly question: Question
  /** Those that are deleted since keep their places, and count in `total` and `next`. */
  readonly meows: readonly FoundMeow[]
  readonly total: number
  /** Whether there are no more than `total`. */
  readonly exact: boolean
  /** Up to where the first page was read: what came later is on none of the next ones. */
  readonly position: string | null
  /** How many results the next page skips; null when there is none. */
  readonly next: number | null
}

/**
 * Searches as somebody types; an answer that is no longer asked for is dropped. What is posted
 * meanwhile comes on top of the newest; the best matches stay as they are, and say what is new.
 *
 * @param depth so many results, as far as there are, are the first answer to a question
 */
export function useSearch(
  query: () => string,
  sort: () => Sort,
  reading: () => boolean,
  freshness: Freshness,
  lives: Lives,
  liveness: Liveness,
  depth: () => number = () => 0,
) {
  const question = computed<Question>(() => ({ query: query(), sort: sort() }))
  const answer = shallowRef<Answer | null>(null)
  const busy = ref(false)
  const problem = shallowRef<ApiError | null>(null)

  let running: AbortController | null = null
  let debounce: ReturnType<typeof setTimeout> | undefined
  /** What the last request extends, null when it is for a first page: a retry is for the same page. */
  let extended: Answer | null = null
  const retry = useRetry(retryNow)
  const findings = useFindings(missed, liveness)
  /** How many of the findings are shown, while the newer ones wait; null when nothing waits. */
  const held = ref<number | null>(null)
  /** Whether something was found that nobody knows of here. */
  const incomplete = ref(false)

  function cancel() {
    running?.abort()
    running = null
    clearTimeout(debounce)
    busy.value = false
  }

  /** Asks for the first page of the question, or for the next page of an answer. */
  async function ask(known: Answer | null) {
    cancel()
    const asked = known?.question ?? question.value
    if (asked.query === '') return
    const request = new AbortController()
    running = request
    extended = known
    busy.value = true
    try {
      let next = await read(asked, known, request.signal)
      while (known === null && next.meows.length < depth() && next.next !== null) {
        next = await read(asked, next, request.signal)
      }
      if (request.signal.aborted) return
      retry.settle()
      problem.value = null
      answer.value = next
      if (known === null) follow(asked, next.position)
    } catch (error) {
      if (request.signal.aborted) return
      problem.value = asApiError(error)
      if (problem.value.temporary) retry.later(problem.value.retryAfter)
    } finally {
      if (running === request) {
        running = null
        busy.value = false
      }
    }
  }

  async function read(asked: Question, known: Answer | null, signal: AbortSignal): Promise<Answer> {
    const askedAt = Date.now()
    const learn = lives.reader()
    // The results below those that are deleted have moved up.
    const skip = (known?.next ?? 0) - gone(known)
    const position = known?.position ?? null
    const page = await searchMeows({ ...asked, skip, position }, signal)
    signal.throwIfAborted()
    freshness.read(page.position, askedAt)
    learn(page.meows)
    const full = page.meows.length >= TAKE && skip + 2 * TAKE <= SEARCH_DEPTH
    return {
      question: asked,
      meows: joined(known?.meows ?? [], page.meows),
      total: page.total + gone(known),
      exact: page.exact,
      position: position ?? page.position,
      next: full ? skip + TAKE + gone(known) : null,
    }
  }

  watch(
    question,
    (now, before) => {
      cancel()
      unfollow()
      retry.settle()
      extended = null
      // What is refused for good was refused to the question before; an outage is everybody's.
      if (now.query === '' || problem.value?.temporary === false) problem.value = null
      if (now.query === '') {
        answer.value = null
        return
      }
      busy.value = true
      const typing = before !== undefined && before.query !== now.query
      debounce = setTimeout(() => void ask(null), typing ? DEBOUNCE : 0)
    },
    { immediate: true },
  )

  // What is posted from the answer on.

  function follow({ query, sort: order }: Question, position: string | null) {
    findings.stop()
    incomplete.value = false
    held.value = order === 'relevance' || reading() ? 0 : null
    if (position !== null) findings.follow(query, position)
  }

  /** The last answer stays until the next one is there, with what has come to it. */
  function unfollow() {
    if (answer.value !== null && arrived.value.length > 0) {
      const { meows, total } = answer.value
      answer.value = {
        ...answer.value,
        meows: joined(arrived.value, meows),
        total: total + arrived.value.length,
      }
    }
    findings.stop()
  }

  function missed() {
    if (held.value === null) void ask(null)
    else incomplete.value = true
  }

  /** While somebody reads further down, what is found waits above what is shown. */
  watch(reading, (now) => {
    if (now) held.value ??= findings.meows.value.length
    else if (sort() === 'newest') release()
  })

  /**
   * Shows what waited: on top, or by asking again where that says nothing of its place. What comes later
   * waits again while somebody reads.
   */
  function release() {
    if (sort() === 'relevance' || incomplete.value) void ask(null)
    else held.value = reading() ? findings.meows.value.length : null
  }

  const shown = computed(() => held.value ?? findings.meows.value.length)
  const arrived = computed(() =>
    shown.value === 0 ? [] : findings.meows.value.slice(-shown.value),
  )
  const waiting = computed(() => {
    const { value: all } = findings.meows
    return heard(all.slice(0, all.length - shown.value)).length
  })

  const mutes = useMutes()

  /** Those that are worth telling: neither deleted nor muted. */
  function heard(meows: readonly FoundMeow[]): readonly FoundMeow[] {
    return mutes.heard(lives.alive(meows).map(latest))
  }

  // What it lacked is there now.
  watch(freshness.behind, (behind) => {
    if (!behind && extended === null && !busy.value) void ask(null)
  })

  /** Whether the answer is the one to what is asked. */
  const current = computed(
    () =>
      answer.value?.question.query === question.value.query &&
      answer.value.question.sort === question.value.sort,
  )
  const more = computed(() => current.value && answer.value?.next !== null)

  function loadMore() {
    if (!busy.value && more.value && problem.value === null) void ask(answer.value)
  }

  function askNow() {
    void ask(null)
  }

  function retryNow() {
    void ask(extended)
  }

  /** How many of an answer are deleted. */
  function gone(known: Answer | null): number {
    const meows = known?.meows ?? []
    return meows.length - lives.alive(meows).length
  }

  /** With the latest text, and the marks that still fit it. */
  function latest(found: FoundMeow): FoundMeow {
    const now = lives.latest(found)
    if (now.body === found.body) return now
    const marked = (body: string, { start, end }: Match) => body.slice(start, end)
    const fits = (match: Match) => marked(now.body, match) === marked(found.body, match)
    return { ...now, matches: found.matches.filter(fits) }
  }

  const listed = computed(() => joined(arrived.value, answer.value?.meows ?? []))
  lives.hold(() => [...findings.meows.value, ...listed.value].map(({ id }) => id))
  onScopeDispose(cancel)
  return {
    meows: computed(() => lives.visible(listed.value).map(latest)),
    /** How many were found since the question was asked, and are shown. */
    arrived: computed(() => lives.alive(arrived.value).length),
    /** How many of these are not muted. */
    told: computed(() => heard(arrived.value).length),
    /** How many were found since, and wait; muted ones are not counted, but come with the others. */
    waiting,
    /** How what is posted from the answer on comes. */
    feed: findings.state,
    release,
    /** Whether something was found that has to be asked for. */
    incomplete,
    total: computed(() => (answer.value?.total ?? 0) - gone(answer.value)),
    /** Whether there are no more than `total`; otherwise they were not counted further. */
    exact: computed(() => answer.value?.exact ?? true),
    /** The query that `meows` answers; null when there is no answer. */
    answered: computed(() => answer.value?.question.query ?? null),
    current,
    busy,
    more,
    problem,
    loadMore,
    askNow,
    retryNow,
  }
}

/** Meows that were edited meanwhile may match better, so that a page can repeat some. */
function joined(known: readonly FoundMeow[], page: readonly FoundMeow[]): readonly FoundMeow[] {
  const ids = new Set(known.map(({ id }) => id))
  return [...known, ...page.filter(({ id }) => !ids.has(id))]
}

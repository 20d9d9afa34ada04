import { useEventListener, useIntervalFn } from '@vueuse/core'
import { nextTick, onScopeDispose, ref, shallowReactive, shallowRef, watch } from 'vue'
import { fetchRefusal } from '../api'
import type { FeedState } from '../feed/Feed'
import { Feed } from '../feed/Feed'
import type { Change, Hello } from '../feed/frames'
import { GRACE, QUIET } from '../feed/useLiveness'
import type { Freshness } from '../freshness/useFreshness'
import type { Meow } from '../meow/meow'
import { servers } from '../meow/serverClock'
import type { Gate } from '../pace/useGate'
import type { FollowListener, Following } from '../timeline/Source'
import type { LiveList } from '../timeline/useLiveList'
import type { Tag } from './tags'
import { isTagged } from './tags'
import type { Words } from '../language/words'

/** How often somebody looks at the clock. */
const TICK = 5_000
/** While nothing comes, the pauses between two checks grow up to so many times `QUIET`. */
const MOST_PATIENT = 4

export type Topics = ReturnType<typeof useTopics>

interface Member {
  readonly tags: readonly Tag[]
  readonly listener: FollowListener
  /** Where its page ended. */
  from: string | null
  /** Whether it hears everything since it was greeted. */
  greeted: boolean
}

/** A list that is shown, with its tags. */
interface Shown {
  readonly list: LiveList
  readonly tags: readonly Tag[]
  /** Lets new meows in, and says whether somebody is at it. */
  readonly gate: Gate
}

/**
 * The live feed of all lists of tags, over one connection. There is no answer to a change of topics and no
 * position in it: so the connection is opened anew with all topics in its address, right after what has
 * come, and a list that is new reads its page where that begins.
 */
export function useTopics(freshness: Pick<Freshness, 'seen'>) {
  const state = ref<FeedState>('connecting')
  /** Why the server does not tell what happens to these tags. */
  const refusal = shallowRef<Words>('')
  const lists = shallowReactive(new Set<Shown>())
  const members = new Set<Member>()
  const feed = shallowRef<Feed | null>(null)
  let changing = false
  let lastSign = Date.now()
  let patience = 1
  let suspicion: ReturnType<typeof setTimeout> | undefined

  /** A list wants to hear of its tags from now on, until its component is gone. */
  function join(tags: readonly Tag[], listener: FollowListener): Following {
    const member: Member = { tags, listener, from: null, greeted: false }
    members.add(member)
    if (feed.value !== null) changeSoon()
    onScopeDispose(() => {
      leave(member)
    })
    return {
      state,
      start: (after = null) => {
        member.from = after
        open(after)
      },
    }
  }

  /** What a list that is gone does not want any more is not asked for the next time. */
  function leave(member: Member) {
    members.delete(member)
    if (members.size > 0) return
    feed.value?.stop()
    feed.value = null
    state.value = 'connecting'
    refusal.value = ''
    clearTimeout(suspicion)
  }

  function open(after: string | null) {
    if (feed.value !== null) return
    feed.value = new Feed(
      {
        onState,
        onSign: () => {
          lastSign = Date.now()
          clearTimeout(suspicion)
        },
        onHello,
        onChange,
        onGap: (to) => {
          for (const { listener } of members) listener.onGap(to)
        },
        onPage: (page) => {
          freshness.seen(page.position)
          for (const { listener } of members) listener.onPage(page)
        },
      },
      () => ({ topics: topics() }),
    )
    lastSign = Date.now()
    patience = 1
    feed.value.start(after)
  }

  function onState(now: FeedState) {
    state.value = now
    if (now !== 'delayed' && now !== 'asking') return
    // Nobody greets a list that is new: it hears at once what the others have heard.
    for (const member of members) {
      if (member.greeted) continue
      member.greeted = true
      member.listener.onPage({ meows: [], position: null, more: false })
    }
  }

  function topics(): string[] {
    const tags = [...members].flatMap((member) => member.tags)
    return [...new Map(tags.map(({ name, text }) => [name, text])).values()]
  }

  /** Lists that come together change the connection together. */
  function changeSoon() {
    if (changing) return
    changing = true
    void nextTick(() => {
      changing = false
      feed.value?.reselect()
    })
  }

  function onHello(hello: Hello) {
    freshness.seen(hello.position)
    refusal.value = ''
    for (const member of members) {
      const known = member.greeted || member.from === hello.position
      member.greeted = true
      member.listener.onHello({ ...hello, resumed: hello.resumed && known })
    }
  }

  function onChange(change: Change) {
    patience = 1
    freshness.seen(change.position)
    if (change.kind === 'created') {
      servers.hasBeen(change.meow.created_at, Date.now())
      created(change, change.meow)
    } else {
      for (const { listener } of members) listener.onChange(change)
    }
  }

  function created(change: Change, meow: Meow) {
    const all = [...members]
    const tagged = all.length === 1 ? all : all.filter(({ tags }) => isTagged(meow, tags))
    for (const { listener } of tagged) listener.onChange(change)
    if (tagged.length > 0) return
    // The servers know of a tag that cannot be seen here: they know whose it is.
    for (const { listener } of all) listener.onGap(change.position)
  }

  // A connection may be dead without a sign of it, and of quiet tags nothing comes either.

  useIntervalFn(() => {
    look(QUIET * patience)
  }, TICK)
  useEventListener(document, 'visibilitychange', lookNow)
  useEventListener(window, 'pageshow', lookNow)
  useEventListener(window, 'online', () => feed.value?.online())
  useEventListener(window, 'offline', () => feed.value?.offline())

  function look(quiet: number) {
    const silence = Date.now() - lastSign
    if (feed.value === null || (silence >= 0 && silence < quiet)) return
    lastSign = Date.now()
    patience = Math.min(2 * patience, MOST_PATIENT)
    feed.value.ensure()
  }

  function lookNow() {
    if (document.visibilityState === 'visible') look(GRACE)
  }

  // A socket that is refused at the door does not say why.
  watch(state, async (now) => {
    if (now !== 'delayed' && now !== 'asking') return
    const asked = feed.value
    const problem = await fetchRefusal(topics())
    if (problem === null || asked === null || feed.value !== asked) return
    refusal.value = problem.words
    if (state.value === 'delayed') asked.refuse()
  })

  /** A list is shown, until its component is gone. */
  function show(list: LiveList, tags: readonly Tag[], gate: Gate) {
    const shown = { list, tags, gate }
    lists.add(shown)
    onScopeDispose(() => {
      lists.delete(shown)
    })
  }

  /** Whether a meow belongs to a list that is shown. */
  function isFor(meow: Meow): boolean {
    return [...lists].some(({ tags }) => isTagged(meow, tags))
  }

  /** What was just posted here stands at once in the lists that it belongs to. */
  function add(meow: Meow) {
    const places = [...lists].filter(({ tags }) => isTagged(meow, tags))
    for (const { list } of places) list.add(meow)
    if (places.length === 0) return
    clearTimeout(suspicion)
    suspicion = setTimeout(() => feed.value?.ensure(), GRACE)
  }

  onScopeDispose(() => {
    clearTimeout(suspicion)
    feed.value?.stop()
  })
  return {
    state,
    refusal,
    lists,
    join,
    show,
    add,
    isFor,
    isOpen: () => feed.value !== null,
  }
}

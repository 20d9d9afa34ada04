import { computed, nextTick } from 'vue'
import { columnOf, scrollTo } from '../column/column'
import type { Meow } from '../meow/meow'
import type { Outbox } from '../outbox/useOutbox'
import type { Places } from '../place/usePlaces'
import type { Topics } from '../tag/useTopics'
import type { LiveList } from '../timeline/useLiveList'
import type { Address } from '../useAddress'
import { useReading } from '../useReading'

/** What somebody wrote last: whether it can be seen where it stands, and the way there. */
export function useLatest(
  outbox: Outbox,
  { view, go }: Address,
  places: Places,
  timeline: Pick<LiveList, 'show'>,
  topics: Topics,
) {
  const scrolled = useReading()
  const reading = computed(
    () => scrolled.value || [...topics.lists].some(({ gate }) => gate.scrolled.value),
  )

  /** Whether it has a place in what is shown. */
  function isListed(meow: Meow): boolean {
    return view.value === 'timeline' || (view.value === 'tag' && topics.isFor(meow))
  }

  /** Whether the place of meows, or of posts that are none yet, is out of sight. */
  const away = computed(() => {
    const meow = outbox.latest.value?.meow ?? null
    const listed = meow === null || isListed(meow)
    return { post: reading.value, meow: reading.value || !listed }
  })

  /** Leads there: at the top, as a meow or as a post. */
  async function show() {
    const { meow, key = '' } = outbox.latest.value ?? {}
    outbox.latest.value = null
    if (meow) {
      places.forget()
      timeline.show()
      topics.lists.forEach(({ list }) => {
        list.show()
      })
    }
    if (meow && !isListed(meow)) {
      go('/')
      return
    }
    await nextTick()
    await nextTick() // After the list, which holds in its place what is read.
    const place = meow ? `article[data-id="${meow.id}"]` : `[data-post="${key}"]`
    const shown = document.querySelector<HTMLElement>(place)
    scrollTo(null, 0)
    scrollTo(columnOf(shown), 0)
    if (shown !== null) shown.tabIndex = -1
    shown?.focus({ preventScroll: true })
  }

  return { away, show }
}

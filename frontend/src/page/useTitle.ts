import { refThrottled } from '@vueuse/core'
import { computed, watch } from 'vue'
import { t } from '../language/text'
import { isolate } from '../meow/isolate'
import type { Gate } from '../pace/useGate'
import type { Tag } from '../tag/tags'
import { titleOf } from '../tag/tags'
import type { LiveList } from '../timeline/useLiveList'
import type { Address } from '../useAddress'
import { useAppBadge } from '../useAppBadge'

const NAMELESS = { search: 'page.search', tag: 'page.tags' } as const

/** A list of the page, and what lets new meows into it. */
interface Listed {
  readonly list: Pick<LiveList, 'waiting'>
  readonly gate: Gate
}

/** Says in the title of the page what is shown, and there and on the app how many wait to be seen. */
export function useTitle(
  { view, query }: Address,
  tags: () => readonly Tag[],
  lists: () => readonly Listed[],
) {
  /** Told where the tab is not: at most once a second. */
  const unseen = refThrottled(
    computed(() =>
      lists()
        .filter(({ gate }) => gate.holding.value)
        .reduce((sum, { list }) => sum + list.waiting.value, 0),
    ),
    1_000,
  )
  const place = computed(() => {
    if (view.value === 'timeline') return ''
    const name = view.value === 'search' ? query.value.trim() : titleOf(tags())
    return name === '' ? t(NAMELESS[view.value]) : isolate(name)
  })

  watch(
    [place, unseen],
    () => {
      const title = place.value === '' ? 'Meower' : `${place.value} · Meower`
      document.title = unseen.value === 0 ? title : `(${unseen.value}) ${title}`
    },
    { immediate: true },
  )
  useAppBadge(() => unseen.value)
}

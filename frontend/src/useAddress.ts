import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, ref } from 'vue'
import type { Sort } from './api'
import { isRecord } from './meow/meow'

/** Milliseconds without a further key. */
const WRITE_AFTER = 300

export type Address = ReturnType<typeof useAddress>

/** The address of a search, or of the empty search; a link to it works without this page's code. */
export function searchAddress(query: string, sort: Sort = 'relevance'): string {
  const parameters = new URLSearchParams({ q: query })
  if (sort !== 'relevance') parameters.set('sort', sort)
  return `/?${parameters}`
}

/** The address of the search for a tag. The space says that it is finished: a longer one is another one. */
export function tagSearchAddress(tag: string): string {
  return searchAddress(`${tag} `, 'newest')
}

export type View = 'timeline' | 'search' | 'tag'

/** What the page shows is what its address says: the timeline at `/`, a search at `/?q=…`, tags at `/?tag=…`. */
export function useAddress() {
  const search = ref(location.search)
  /** The entry of the history that is shown: of two with the same address each has a place of its own. */
  const entry = ref(theEntry())
  /** How often somebody went to an address, also to the one that is shown. */
  const visits = ref(0)
  let writing: ReturnType<typeof setTimeout> | undefined
  const parameters = computed(() => new URLSearchParams(search.value))
  const view = computed<View>(() => {
    if (parameters.value.has('q')) return 'search'
    return parameters.value.has('tag') ? 'tag' : 'timeline'
  })
  /** The tags that are asked for, as they were written. */
  const tag = computed(() => parameters.value.get('tag') ?? '')
  const query = computed(() => parameters.value.get('q') ?? '')
  const sort = computed<Sort>(() =>
    parameters.value.get('sort') === 'newest' ? 'newest' : 'relevance',
  )

  function follow() {
    clearTimeout(writing)
    search.value = location.search
    entry.value = theEntry()
  }

  /** A step to go back over, unless the address is the one that is shown. */
  function go(address: string) {
    write()
    if (address !== location.pathname + location.search) {
      history.pushState({ entry: newEntry() }, '', address)
    }
    follow()
    visits.value += 1
  }

  /**
   * Changes the address in place: letters typed into the search are not steps to go back over. It is
   * written a little later, because browsers refuse to have it written with every key.
   */
  function replace(address: string) {
    search.value = new URL(address, location.href).search
    clearTimeout(writing)
    writing = setTimeout(write, WRITE_AFTER)
  }

  function write() {
    clearTimeout(writing)
    if (location.search === search.value) return
    history.replaceState(history.state, '', `/${search.value}`)
  }

  /** For `@click`: follows links to this page without loading it anew. */
  function followLink(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const inside = link?.origin === location.origin && link.pathname === '/' && link.hash === ''
    const plain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (link === null || !inside || !plain || link.target !== '' || event.defaultPrevented) return
    event.preventDefault()
    go(link.pathname + link.search)
  }

  useEventListener(window, 'popstate', follow)
  useEventListener(window, 'pagehide', write)
  onScopeDispose(() => {
    clearTimeout(writing)
  })
  return { view, query, sort, tag, entry, visits, go, replace, followLink }
}

/** The browser keeps it with the entry, over reloads and over other documents. */
function theEntry(): string {
  const state: unknown = history.state
  if (isRecord(state) && typeof state.entry === 'string') return state.entry
  const entry = newEntry()
  history.replaceState({ entry }, '')
  return entry
}

function newEntry(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join('-')
}

/** Where each view can be entered: the heading of its list, and the field to write into. */
export const ENTRIES = {
  timeline: { list: 'timeline-heading', field: 'composer-text', toField: 'page.toWriting' },
  tag: { list: 'tag-heading', field: 'composer-text', toField: 'page.toWriting' },
  search: { list: 'search-heading', field: 'search-text', toField: 'page.toSearch' },
} as const

export function skipTo(id: string) {
  document.getElementById(id)?.scrollIntoView()
  focusOn(id)
}

export function focusOn(id: string) {
  document.getElementById(id)?.focus({ preventScroll: true })
}

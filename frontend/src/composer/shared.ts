/** As the manifest names what another app shares. */
const NAMES = ['title', 'text', 'url'] as const

/**
 * What another app shares with this page, or `/?text=` asks to be written, and null where nothing does.
 * It stands in the address once: a reload does not write it again.
 */
export function takeShared(): string | null {
  const parameters = new URLSearchParams(location.search)
  if (!NAMES.some((name) => parameters.has(name))) return null
  const parts = NAMES.map((name) => parameters.get(name)?.trim() ?? '')
  for (const name of NAMES) parameters.delete(name)
  const rest = parameters.toString()
  history.replaceState(history.state, '', rest === '' ? '/' : `/?${rest}`)
  return parts.reduce(joined, '')
}

/** Some apps put the address, or the title, into the text as well. */
function joined(said: string, part: string): string {
  if (said.includes(part)) return said
  return part.includes(said) ? part : `${said}\n${part}`
}

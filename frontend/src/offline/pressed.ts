/** A page of a browser, as a worker sees it. */
interface Page {
  readonly url: string
  readonly focus: () => Promise<unknown>
  readonly postMessage: (message: unknown) => void
}

interface Pages {
  readonly matchAll: (options: {
    type: 'window'
    includeUncontrolled: true
  }) => Promise<readonly Page[]>
  readonly openWindow: (address: string) => Promise<unknown>
}

/** Goes where a notification leads: in a page that is open already, or else in a new one. */
export async function goTo(pages: Pages, data: unknown): Promise<void> {
  const address = addressIn(data)
  const open = await pages.matchAll({ type: 'window', includeUncontrolled: true })
  const page =
    open.find(({ url }) => url.endsWith(address)) ??
    open.find(({ url }) => new URL(url).pathname === '/')
  if (page === undefined) {
    await pages.openWindow(address)
    return
  }
  page.postMessage({ go: address })
  await page.focus()
}

function addressIn(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('address' in data)) return '/'
  return typeof data.address === 'string' && data.address.startsWith('/?') ? data.address : '/'
}

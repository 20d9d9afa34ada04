/** The style sheets that were asked for and did not come. */
const missing = new Set<HTMLLinkElement>()

/**
 * Loads something with its style sheets, also those that did not come when it was loaded before: Vite asks
 * for each of them once, and what needs them would be without them the next time.
 */
export async function styled<T>(load: () => Promise<T>): Promise<T> {
  document.addEventListener('error', miss, { capture: true })
  try {
    const before = [...missing]
    const loaded = await load()
    await Promise.all(before.map(askAgain))
    return loaded
  } finally {
    document.removeEventListener('error', miss, { capture: true })
  }
}

function miss({ target }: Event) {
  if (target instanceof HTMLLinkElement && target.relList.contains('stylesheet')) {
    missing.add(target)
  }
}

function askAgain(link: HTMLLinkElement) {
  return new Promise<void>((resolve, reject) => {
    const again = link.cloneNode() as HTMLLinkElement
    again.addEventListener('load', () => {
      resolve()
    })
    again.addEventListener('error', () => {
      reject(new Error(`${link.href} does not come`))
    })
    missing.delete(link)
    link.replaceWith(again)
  })
}

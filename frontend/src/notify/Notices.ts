const PREFIX = 'meower '

export interface Notice {
  /** There is one of each at most: another one takes its place. */
  readonly tag: string
  readonly title: string
  readonly body: string
  /** What it leads to. */
  readonly address: string
}

/**
 * The notifications of this page: through its worker, without which a phone shows none and which
 * outlives the page, or else of this tab.
 *
 * @param open goes to an address, when somebody presses one that has no worker
 */
export class Notices {
  readonly #open: (address: string) => void
  readonly #shown = new Map<string, Notification>()

  constructor(open: (address: string) => void) {
    this.#open = open
  }

  async show({ tag, title, body, address }: Notice) {
    if (Notification.permission !== 'granted') return
    const options: NotificationOptions = {
      tag: PREFIX + tag,
      body,
      dir: 'auto',
      lang: '',
      icon: '/icon-192.png',
      data: { address },
    }
    const registration = await registered()
    try {
      if (registration === null) this.#showHere(title, options, address)
      else await registration.showNotification(title, options)
    } catch {
      // The system has none, or does not want any now.
    }
  }

  #showHere(title: string, options: NotificationOptions, address: string) {
    const shown = new Notification(title, options)
    shown.onclick = () => {
      shown.close()
      window.focus()
      this.#open(address)
    }
    this.#shown.set(options.tag ?? '', shown)
  }

  async close(tag: string) {
    await this.#closeAll((other) => other === PREFIX + tag)
  }

  async clear() {
    await this.#closeAll((tag) => tag.startsWith(PREFIX))
  }

  async #closeAll(which: (tag: string) => boolean) {
    for (const [tag, shown] of this.#shown) {
      if (!which(tag)) continue
      shown.close()
      this.#shown.delete(tag)
    }
    const registration = await registered()
    for (const shown of (await registration?.getNotifications()) ?? []) {
      if (which(shown.tag)) shown.close()
    }
  }
}

async function registered(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  const registration = await navigator.serviceWorker.getRegistration()
  return registration?.active ? registration : null
}

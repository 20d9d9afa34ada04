import { onTestFinished } from 'vitest'

type Grant = () => unknown

/** The locks of a browser, which this environment does not have, until the test is over. */
export class FakeLocks {
  readonly #held = new Set<string>()
  readonly #waiting: { readonly name: string; readonly begin: () => void }[] = []

  static install(): FakeLocks {
    const locks = new FakeLocks()
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
    onTestFinished(() => {
      Reflect.deleteProperty(navigator, 'locks')
    })
    return locks
  }

  async request(name: string, { signal }: { signal: AbortSignal }, grant: Grant): Promise<unknown> {
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ name, begin: resolve })
      signal.addEventListener('abort', () => {
        reject(new DOMException('aborted', 'AbortError'))
      })
      this.#next()
    })
    try {
      return await grant()
    } finally {
      this.#held.delete(name)
      this.#next()
    }
  }

  /** As a tab does that holds one and is frozen. */
  hold(name: string) {
    this.#held.add(name)
  }

  query() {
    return Promise.resolve({ held: [...this.#held].map((name) => ({ name })), pending: [] })
  }

  #next() {
    const at = this.#waiting.findIndex(({ name }) => !this.#held.has(name))
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (next === undefined) return
    this.#held.add(next.name)
    next.begin()
    this.#next()
  }
}

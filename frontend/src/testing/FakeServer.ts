import { vi } from 'vitest'

/** A request that waits until the test answers it. */
export class FakeRequest {
  readonly url: URL
  answered = false
  readonly #resolve: (response: Response) => void
  readonly #reject: (reason: unknown) => void

  constructor(
    url: string,
    readonly init: RequestInit,
    resolve: (response: Response) => void,
    reject: (reason: unknown) => void,
    deaf: boolean,
  ) {
    this.url = new URL(url, 'http://meower.test')
    this.#resolve = resolve
    this.#reject = reject
    init.signal?.addEventListener('abort', () => {
      if (!deaf) reject(new DOMException('aborted', 'AbortError'))
    })
  }

  get aborted(): boolean {
    return this.init.signal?.aborted ?? false
  }

  get header(): Headers {
    return new Headers(this.init.headers)
  }

  async answer(json: unknown, headers: Record<string, string> = {}, status = 200) {
    await this.raw(JSON.stringify(json), { 'Content-Type': 'application/json', ...headers }, status)
  }

  async refuse(status: number, detail: string, headers: Record<string, string> = {}) {
    await this.problem(status, { type: 'about:blank', detail }, headers)
  }

  async problem(status: number, members: object, headers: Record<string, string> = {}) {
    const type = { 'Content-Type': 'application/problem+json' }
    await this.raw(JSON.stringify(members), { ...type, ...headers }, status)
  }

  async raw(body: string, headers: Record<string, string>, status: number) {
    this.answered = true
    this.#resolve(new Response(status === 204 ? null : body, { status, headers }))
    await settled()
  }

  async breakOff() {
    this.#reject(new TypeError('Failed to fetch'))
    await settled()
  }
}

/** Stands for the servers behind `fetch`; every request waits for its answer. */
export class FakeServer {
  readonly requests: FakeRequest[] = []
  /** Answers although nobody waits any more, as an answer does that was already on its way. */
  deaf = false

  static install(): FakeServer {
    const server = new FakeServer()
    vi.stubGlobal(
      'fetch',
      (url: string, init: RequestInit) =>
        new Promise<Response>((resolve, reject) => {
          server.requests.push(new FakeRequest(url, init, resolve, reject, server.deaf))
        }),
    )
    return server
  }

  get last(): FakeRequest {
    const last = this.requests.at(-1)
    if (last === undefined) throw new Error('Nothing was requested.')
    return last
  }
}

/** The clock of the machine, also while a test holds the clock of the page. */
const later = globalThis.setTimeout

/** Lets everything that waits for an answer go on. */
export async function settled() {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => later(resolve, 0))
  }
}

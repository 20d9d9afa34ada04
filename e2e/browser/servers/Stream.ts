export interface Meow {
  readonly id: string
  readonly body: string
  readonly created_at: string
  readonly revision?: number
  readonly edited_at?: string
}

/** What is sent to those who listen, in the order of its positions. */
export interface Event {
  readonly kind: 1 | 4 | 5
  readonly id: string
  readonly body?: string
  readonly position: string
}

/** So many are kept, meows and what happened to them. */
const CAPACITY = 5_000
const EVENTS = 1_000

/** The meows of played servers, newest first, and what happens to them. */
export class Stream {
  meows: Meow[] = []
  readonly events: Event[] = []
  readonly listeners = new Set<(event: Event) => void>()
  #number = 0
  #position = 1

  get position(): string {
    return `e-${this.#position}`
  }

  /** Has meows that are older than those that somebody posts. */
  fill(count: number, body: (number: number) => string) {
    for (let number = 1; number <= count; number += 1) {
      this.#put(body(number), new Date(Date.now() - (count - number + 60) * 1_000))
    }
  }

  create(body: string): Meow {
    const meow = this.#put(body, new Date())
    this.#say({ kind: 1, ...meow })
    return meow
  }

  edit(id: string, body: string): Meow | null {
    const before = this.find(id)
    if (before === null) return null
    const edited_at = new Date().toISOString()
    const meow = { ...before, body, revision: (before.revision ?? 1) + 1, edited_at }
    this.meows = this.meows.map((other) => (other.id === id ? meow : other))
    this.#say({ kind: 4, ...meow })
    return meow
  }

  remove(id: string) {
    this.meows = this.meows.filter((meow) => meow.id !== id)
    this.#say({ kind: 5, id, ...{ deleted_at: new Date().toISOString(), by: 'author' } })
  }

  find(id: string): Meow | null {
    return this.meows.find((meow) => meow.id === id) ?? null
  }

  #put(body: string, at: Date): Meow {
    this.#number += 1
    const meow = { id: `m${this.#number}`, body, created_at: at.toISOString() }
    this.meows.unshift(meow)
    if (this.meows.length > CAPACITY) this.meows.pop()
    return meow
  }

  #say(event: Omit<Event, 'position'>) {
    this.#position += 1
    const said = { ...event, position: this.position }
    this.events.push(said)
    if (this.events.length > EVENTS) this.events.shift()
    for (const listener of this.listeners) listener(said)
  }
}

/** Whether a text has all words of a search, of which a tag is one. */
export function matches(body: string, query: string): boolean {
  const text = body.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

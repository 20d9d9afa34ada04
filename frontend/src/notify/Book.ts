import type { Meow } from '../meow/meow'

/** Beyond so many it does not matter how many they are. */
const CAPACITY = 1_000

/** The meows that came while nobody looked, each once, the newest last. */
export class Book {
  readonly #meows = new Map<string, Meow>()

  get meows(): readonly Meow[] {
    return [...this.#meows.values()]
  }

  add(meow: Meow) {
    this.#meows.set(meow.id, meow)
    const [oldest] = this.#meows.keys()
    if (this.#meows.size > CAPACITY && oldest !== undefined) this.#meows.delete(oldest)
  }

  /** Gives one of them another text, or none when it does not belong here with it; says whether it was one. */
  edit(meow: Meow, belongs: boolean): boolean {
    if (!this.#meows.has(meow.id)) return false
    if (belongs) this.#meows.set(meow.id, meow)
    else this.#meows.delete(meow.id)
    return true
  }

  remove(id: string): boolean {
    return this.#meows.delete(id)
  }
}

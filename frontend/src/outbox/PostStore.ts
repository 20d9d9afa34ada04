import type { DBSchema, IDBPDatabase } from 'idb'
import { openDB } from 'idb'
import type { Post } from './post'

const DATABASE = 'meower'
const VERSION = 1

interface Schema extends DBSchema {
  posts: { key: string; value: Post; indexes: { order: number } }
}

/** Where posts are until they are posted. */
export interface PostStore {
  /** All of them, in their order. */
  readonly list: () => Promise<readonly Post[]>
  /** Puts one behind all others. */
  readonly add: (post: Post) => Promise<void>
  /** Changes one unless it is gone, and returns whether it was there. */
  readonly update: (key: string, changes: Partial<Post>) => Promise<boolean>
  readonly remove: (key: string) => Promise<boolean>
}

/**
 * One store for all tabs, which outlives them. Where the browser offers none, or takes it away, the
 * tab goes on with what it knows of it: the keys are the same, so that nothing is posted twice.
 */
export function openPostStore(): PostStore {
  let known: readonly Post[] = []
  const lasting = 'indexedDB' in globalThis ? databaseStore() : null
  let fleeting = lasting === null ? memoryStore([]) : null

  async function within<T>(use: (store: PostStore) => Promise<T>): Promise<T> {
    if (fleeting !== null || lasting === null) return use((fleeting ??= memoryStore(known)))
    try {
      return await use(lasting)
    } catch {
      // Whatever the reason is: the tab's own memory takes what the browser can no longer take.
      return use((fleeting ??= memoryStore(known)))
    }
  }

  return {
    list: async () => {
      known = await within((posts) => posts.list())
      return known
    },
    add: (post) => within((posts) => posts.add(post)),
    update: (key, changes) => within((posts) => posts.update(key, changes)),
    remove: (key) => within((posts) => posts.remove(key)),
  }
}

function databaseStore(): PostStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined

  function open() {
    opened ??= openDB<Schema>(DATABASE, VERSION, {
      upgrade(database) {
        database.createObjectStore('posts', { keyPath: 'key' }).createIndex('order', 'order')
      },
      // A newer page in another tab needs it; this one opens it again when it does.
      blocking(_, __, event) {
        ;(event.target as IDBDatabase).close()
        opened = undefined
      },
      // Some browsers take the database away from a tab in the background.
      terminated() {
        opened = undefined
      },
    })
    return opened
  }

  async function writing() {
    const transaction = (await open()).transaction('posts', 'readwrite')
    return { posts: transaction.store, done: transaction.done }
  }

  return {
    list: async () => (await open()).getAllFromIndex('posts', 'order'),
    add: async (post) => {
      const { posts, done } = await writing()
      const last = await posts.index('order').openKeyCursor(null, 'prev')
      await posts.put({ ...post, order: (last?.key ?? 0) + 1 })
      await done
    },
    update: async (key, changes) => {
      const { posts, done } = await writing()
      const post = await posts.get(key)
      if (post !== undefined) await posts.put({ ...post, ...changes })
      await done
      return post !== undefined
    },
    remove: async (key) => {
      const { posts, done } = await writing()
      const known = (await posts.getKey(key)) !== undefined
      await posts.delete(key)
      await done
      return known
    },
  }
}

/** What only this tab has, for as long as it is open. */
export function memoryStore(known: readonly Post[]): PostStore {
  let posts = [...known]
  const has = (key: string) => posts.some((post) => post.key === key)
  return {
    list: () => Promise.resolve(posts),
    add: (post) => {
      posts = [...posts, { ...post, order: (posts.at(-1)?.order ?? 0) + 1 }]
      return Promise.resolve()
    },
    update: (key, changes) => {
      posts = posts.map((post) => (post.key === key ? { ...post, ...changes } : post))
      return Promise.resolve(has(key))
    },
    remove: (key) => {
      const known = has(key)
      posts = posts.filter((post) => post.key !== key)
      return Promise.resolve(known)
    },
  }
}

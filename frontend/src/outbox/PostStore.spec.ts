import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { newPost } from './post'
import { memoryStore, openPostStore } from './PostStore'

describe.each([
  { name: 'the database', open: openPostStore },
  { name: 'the memory of a tab', open: () => memoryStore([]) },
])('$name', ({ open }) => {
  function aStore() {
    globalThis.indexedDB = new IDBFactory()
    return open()
  }

  it('keeps posts in the order in which they came', async () => {
    const store = aStore()
    const posts = ['one', 'two', 'three'].map(newPost)
    for (const post of posts) await store.add(post)
    await store.update(posts[0]?.key ?? '', { failures: 1 })
    const kept = await store.list()
    expect(kept.map(({ body }) => body)).toEqual(['one', 'two', 'three'])
    expect(kept.map(({ failures }) => failures)).toEqual([1, 0, 0])
  })

  it('does not bring back what is gone, and says so', async () => {
    const store = aStore()
    const post = newPost('one')
    await store.add(post)
    expect(await store.update(post.key, { failures: 1 })).toBe(true)
    expect(await store.remove(post.key)).toBe(true)
    expect(await store.remove(post.key)).toBe(false)
    expect(await store.update(post.key, { failures: 2 })).toBe(false)
    expect(await store.list()).toEqual([])
  })
})

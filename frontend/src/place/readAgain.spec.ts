import { beforeEach, describe, expect, it } from 'vitest'
import { FakeServer, settled } from '../testing/FakeServer'
import { aDeletion, anEdit, meows } from '../testing/meows'
import { readAgain } from './readAgain'

let server: FakeServer
const { signal } = new AbortController()

describe('readAgain', () => {
  beforeEach(() => {
    server = FakeServer.install()
  })

  it('reads each meow as it is now, and leaves out those that nobody knows', async () => {
    const read = readAgain(['d', 'c', 'b', 'a'], [], signal)
    expect(server.last.url.searchParams.get('ids')).toBe('d,c,b,a')
    await server.last.answer([...meows('d'), aDeletion('b'), anEdit('a')])
    expect(await read).toEqual([...meows('d'), aDeletion('b'), anEdit('a')])
  })

  it('asks nothing about what has just been read', async () => {
    const read = readAgain(['c', 'b', 'a'], meows('e', 'c', 'b'), signal)
    expect(server.last.url.searchParams.get('ids')).toBe('a')
    await server.last.answer(meows('a'))
    expect(await read).toEqual(meows('c', 'b', 'a'))
    await readAgain(['c'], meows('c'), signal)
    expect(server.requests).toHaveLength(1)
  })

  it('asks for a hundred at once, and keeps their order', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `m${i}`)
    const read = readAgain(ids, [], signal)
    await settled()
    const asked = server.requests.map(({ url }) => url.searchParams.get('ids')?.split(',') ?? [])
    expect(asked.map((part) => part.length)).toEqual([100, 100, 50])
    for (const [i, request] of [...server.requests.entries()].reverse()) {
      await request.answer(meows(...(asked[i] ?? [])))
    }
    expect((await read).map(({ id }) => id)).toEqual(ids)
  })

  it('fails when one of the answers does', async () => {
    const read = readAgain(['a'], [], signal)
    const failed = expect(read).rejects.toThrow('away')
    await server.last.refuse(503, 'away')
    await failed
  })
})

import { describe, expect, it, vi } from 'vitest'
import {
  ApiError,
  asApiError,
  deleteMeow,
  editMeow,
  fetchHistory,
  fetchMeows,
  fetchTimeline,
  postMeow,
  searchMeows,
} from './api'
import { FakeServer } from './testing/FakeServer'
import { aDeletion, aMeow, anEdit, meows } from './testing/meows'

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  return promise.then(
    () => {
      throw new Error('It did not fail.')
    },
    (error: unknown) => asApiError(error),
  )
}

describe('postMeow', () => {
  it('sends the body as JSON under its key and returns the meow', async () => {
    const server = FakeServer.install()
    const posted = postMeow('hi "you"\n', 'key-1')
    const { url, init, header } = server.last
    expect(init.method).toBe('POST')
    expect(url.pathname).toBe('/meows')
    expect(header.get('Content-Type')).toBe('application/json')
    expect(header.get('Idempotency-Key')).toBe('key-1')
    expect(init.body).toBe('{"body":"hi \\"you\\"\\n"}')
    await server.last.answer(aMeow(), {}, 201)
    expect(await posted).toEqual({ meow: aMeow(), undo: null })
  })

  it.each([
    [
      'until a time of the server’s clock',
      { 'Meower-Undo-Until': '2026-01-02T03:19:05Z' },
      840_000,
    ],
    ['for 15 minutes when no time is said', {}, 900_000],
    ['for 15 minutes when it cannot be read', { 'Meower-Undo-Until': 'soon' }, 900_000],
  ])('returns what allows to take it back %s', async (_, headers, window) => {
    const server = FakeServer.install()
    const posted = postMeow('hi', 'key')
    const date = 'Fri, 02 Jan 2026 03:05:05 GMT'
    await server.last.answer(aMeow(), { 'Meower-Undo': 't-1', Date: date, ...headers }, 201)
    expect((await posted).undo).toEqual({ token: 't-1', window })
  })

  it('fails with what the server says about it', async () => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.refuse(503, 'Try again in a few seconds.', { 'Retry-After': '5' })
    expect(await error).toMatchObject({
      message: 'Try again in a few seconds.',
      status: 503,
      retryAfter: 5_000,
      temporary: true,
    })
  })

  it.each([
    [400, false],
    [413, false],
    [415, false],
    [422, false],
    [408, true],
    [429, true],
    [500, true],
    [502, true],
  ])('knows whether a repetition can help after %i', async (status, temporary) => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.refuse(status, 'no')
    expect((await error).temporary).toBe(temporary)
  })

  it('never shows the page of a proxy', async () => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.raw('<html><h1>502 Bad Gateway</h1>', { 'Content-Type': 'text/html' }, 502)
    expect((await error).message).toMatch(/not available at the moment/)
  })

  it.each([
    [413, /shorten/],
    [429, /^That was a little fast\.$/],
    [404, /404/],
  ])('has words of its own for a bare %i', async (status, words) => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.raw('', { 'Content-Type': 'text/plain' }, status)
    expect((await error).message).toMatch(words)
  })

  it('survives a problem that is none', async () => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.raw('{"detail": 7', { 'Content-Type': 'application/problem+json' }, 500)
    expect((await error).message).toMatch(/not available/)
  })

  it.each([
    ['0', 0],
    ['soon', 0],
    ['86400', 60_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('reads Retry-After: %s as %i ms', async (header, milliseconds) => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.refuse(429, 'slow down', { 'Retry-After': header })
    expect((await error).retryAfter).toBe(milliseconds)
  })

  it('says that nothing can be reached, and leaves to others what is to be done', async () => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.breakOff()
    expect(await error).toMatchObject({ status: null, temporary: true })
    expect((await error).message).toBe('Meower cannot be reached.')
  })

  it('gives up on a server that does not answer', async () => {
    const patience = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal)
    FakeServer.install()
    const error = failure(postMeow('hi', 'key', new AbortController().signal))
    patience.abort()
    expect((await error).message).toMatch(/did not answer in time/)
    expect(timeout).toHaveBeenCalledWith(10_000)
  })

  it('is no error of the server when the caller gives up', async () => {
    FakeServer.install()
    const caller = new AbortController()
    const posted = postMeow('hi', 'key', caller.signal)
    caller.abort()
    await expect(posted).rejects.not.toBeInstanceOf(ApiError)
  })

  it.each(['[]', 'null', '{"id":1}', 'hello'])('does not take %s for a meow', async (body) => {
    const server = FakeServer.install()
    const error = failure(postMeow('hi', 'key'))
    await server.last.raw(body, { 'Content-Type': 'application/json' }, 201)
    expect((await error).message).toMatch(/unexpected/)
  })
})

describe('fetchTimeline', () => {
  it('asks for the newest meows and reads the position', async () => {
    const server = FakeServer.install()
    const page = fetchTimeline(null)
    expect(server.last.url.pathname + server.last.url.search).toBe('/meows?take=50')
    await server.last.answer(meows('b', 'a'), { 'Meower-Position': 'e-2' })
    expect(await page).toEqual({ meows: meows('b', 'a'), position: 'e-2', more: false })
  })

  it('asks for those before a meow', async () => {
    const server = FakeServer.install()
    const page = fetchTimeline('id&1')
    expect(server.last.url.searchParams.get('before')).toBe('id&1')
    await server.last.answer(meows(...Array.from({ length: 50 }, (_, index) => `m${index}`)))
    expect(await page).toMatchObject({ position: null, more: true })
  })

  it('does not take an error for an empty timeline', async () => {
    const server = FakeServer.install()
    const error = failure(fetchTimeline(null))
    await server.last.answer({ meows: [] })
    expect((await error).message).toMatch(/unexpected/)
  })
})

describe('searchMeows', () => {
  it('asks for the query as it is', async () => {
    const server = FakeServer.install()
    const page = searchMeows({ query: '"a b" #c&d=é', sort: 'newest', skip: 50 })
    const { searchParams, pathname } = server.last.url
    expect(pathname).toBe('/search')
    expect(Object.fromEntries(searchParams)).toEqual({
      query: '"a b" #c&d=é',
      take: '50',
      sort: 'newest',
      skip: '50',
    })
    await server.last.answer([{ ...aMeow(), matches: [{ start: 0, end: 2 }] }], {
      'Meower-Total': '1000',
      'Meower-Total-Relation': 'at-least',
      'Meower-Position': 'e-7',
    })
    expect(await page).toEqual({
      meows: [{ ...aMeow(), matches: [{ start: 0, end: 2 }] }],
      position: 'e-7',
      total: 1000,
      exact: false,
    })
  })

  it('does without matches and total, and drops ranges that are none', async () => {
    const server = FakeServer.install()
    const page = searchMeows({ query: 'a', sort: 'relevance' })
    await server.last.answer([aMeow(), { ...aMeow(), matches: [{ start: 'x', end: 1.5 }] }])
    expect(await page).toEqual({
      meows: [
        { ...aMeow(), matches: [] },
        { ...aMeow(), matches: [] },
      ],
      position: null,
      total: 2,
      exact: true,
    })
  })
})

describe('asApiError', () => {
  it('does not hide a mistake in the page', () => {
    expect(() => asApiError(new TypeError('oops'))).toThrow('oops')
  })
})

describe('editMeow', () => {
  it('sends the body with what allows it and the revision that it corrects', async () => {
    const server = FakeServer.install()
    const edited = editMeow(anEdit('a', 3), 'better', 't-1')
    const { url, init, header } = server.last
    expect(init.method).toBe('PUT')
    expect(url.pathname).toBe('/meows/a')
    expect(header.get('Content-Type')).toBe('application/json')
    expect(header.get('Meower-Undo')).toBe('t-1')
    expect(header.get('If-Match')).toBe('"3"')
    expect(init.body).toBe('{"body":"better"}')
    await server.last.answer(anEdit('a', 4, 'better'))
    expect(await edited).toEqual(anEdit('a', 4, 'better'))
  })

  it('corrects revision 1 when the meow names none', () => {
    const server = FakeServer.install()
    void editMeow(aMeow(), 'better', 't-1')
    expect(server.last.header.get('If-Match')).toBe('"1"')
  })

  it('fails with the meow as it is when somebody else was faster', async () => {
    const server = FakeServer.install()
    const error = failure(editMeow(aMeow(), 'better', 't-1'))
    const meow = anEdit('a')
    await server.last.problem(412, { type: '/problems/edited-meanwhile', detail: 'no', meow })
    expect(await error).toMatchObject({ type: 'edited-meanwhile', temporary: false, meow })
  })

  it('fails with who deleted it', async () => {
    const server = FakeServer.install()
    const error = failure(editMeow(aMeow(), 'better', 't-1'))
    await server.last.problem(410, { type: '/problems/deleted', ...aDeletion('a', 'operator') })
    expect(await error).toMatchObject({
      type: 'deleted',
      by: 'operator',
      deletedAt: '2026-01-02T03:06:00Z',
    })
  })
})

describe('deleteMeow', () => {
  it('sends what allows it and takes an empty answer', async () => {
    const server = FakeServer.install()
    const deleted = deleteMeow('a', 't-1')
    expect(server.last.init.method).toBe('DELETE')
    expect(server.last.url.pathname).toBe('/meows/a')
    expect(server.last.header.get('Meower-Undo')).toBe('t-1')
    await server.last.answer(null, {}, 204)
    await expect(deleted).resolves.toBeUndefined()
  })
})

describe('fetchMeows', () => {
  it('asks for the ids and returns meows and deletions', async () => {
    const server = FakeServer.install()
    const asked = fetchMeows(['a', 'b', 'c'])
    expect(server.last.url.search).toBe('?ids=a,b,c')
    await server.last.answer([aMeow(), aDeletion('b')])
    expect(await asked).toEqual([aMeow(), aDeletion('b')])
  })

  it('fails with an answer that it does not understand', async () => {
    const server = FakeServer.install()
    const error = failure(fetchMeows(['a']))
    await server.last.answer([{ id: 'a' }])
    expect((await error).message).toMatch(/unexpected/)
  })
})

describe('fetchHistory', () => {
  it('returns every text that the meow had', async () => {
    const server = FakeServer.install()
    const asked = fetchHistory('a')
    expect(server.last.url.pathname).toBe('/meows/a/history')
    const history = [{ revision: 1, body: 'hello', at: '2026-01-02T03:04:05Z' }]
    await server.last.answer(history)
    expect(await asked).toEqual(history)
  })
})

import { describe, expect, it } from 'vitest'
import { aMeow } from '../testing/meows'
import { EVENTS, readEvent, readFrame } from './frames'

const read = (frame: unknown) => readFrame(JSON.stringify(frame))

describe('readFrame', () => {
  it('reads a hello', () => {
    expect(read({ kind: 2, position: 'e-7', resumed: true })).toEqual({
      kind: 'hello',
      position: 'e-7',
      resumed: true,
    })
  })

  it('takes a hello without "resumed" as not resumed', () => {
    expect(read({ kind: 2, position: 'e-7' })).toMatchObject({ resumed: false })
  })

  it('reads a meow and its position', () => {
    expect(read({ kind: 1, ...aMeow(), position: 'e-8' })).toEqual({
      kind: 'created',
      meow: aMeow(),
      position: 'e-8',
    })
  })

  it('reads a meow of a server that knows no positions', () => {
    expect(read({ kind: 1, ...aMeow() })).toMatchObject({ kind: 'created', position: null })
  })

  it('reads what a search has found, and no other marks', () => {
    const matches = [{ start: 0, end: 2 }, { start: '0' }]
    expect(read({ kind: 1, ...aMeow(), matches })).toMatchObject({
      meow: aMeow({ matches: [{ start: 0, end: 2 }] }),
    })
  })

  it('reads a gap', () => {
    expect(read({ kind: 3, from: 'e-1', to: 'e-9' })).toEqual({
      kind: 'gap',
      to: 'e-9',
    })
  })

  it('reads an edited meow, and nothing else that comes with it', () => {
    const meow = aMeow({ revision: 2, edited_at: '2026-01-02T03:05:00Z' })
    expect(read({ kind: 4, ...meow, position: 'e-8', news: 'yes' })).toEqual({
      kind: 'edited',
      meow,
      position: 'e-8',
    })
  })

  it('reads that a meow was deleted', () => {
    const deletion = { id: 'a', deleted_at: '2026-01-02T03:05:00Z', by: 'author' }
    expect(read({ kind: 5, ...deletion, position: 'e-8' })).toEqual({
      kind: 'deleted',
      deletion,
      position: 'e-8',
    })
  })

  it('does not know the kinds of later versions', () => {
    expect(read({ kind: 6, news: 'yes' })).toEqual({ kind: 'unknown' })
  })

  it.each([
    'not json',
    '',
    'null',
    '[]',
    '{}',
    '{"kind":"1"}',
    '{"kind":1,"id":"a"}',
    '{"kind":2}',
    '{"kind":3,"from":"e-1"}',
    '{"kind":1,"id":1,"body":"b","created_at":"c"}',
    '{"kind":4,"id":"a","body":"b","created_at":"c"}',
    '{"kind":4,"id":"a","body":"b","created_at":"c","revision":"2"}',
    '{"kind":5,"id":"a"}',
    new ArrayBuffer(8),
    undefined,
  ])('finds %j malformed', (data) => {
    expect(readFrame(data)).toEqual({ kind: 'malformed' })
  })
})

describe('readEvent', () => {
  it.each([
    ['meow', { ...aMeow(), position: 'e-8' }, 'created'],
    ['hello', { position: 'e-7', resumed: true }, 'hello'],
    ['gap', { from: 'e-1', to: 'e-9' }, 'gap'],
    ['edited', { ...aMeow({ revision: 2 }), position: 'e-8' }, 'edited'],
    ['deleted', { id: 'a', deleted_at: 'now', by: 'author' }, 'deleted'],
  ] as const)('reads %s, whether or not it says its kind', (name, data, kind) => {
    expect(readEvent(name, JSON.stringify(data))).toMatchObject({ kind })
    expect(readEvent(name, JSON.stringify({ kind: 1, ...data }))).toMatchObject({ kind })
  })

  it.each(EVENTS)('finds what is no %s malformed', (name) => {
    expect(readEvent(name, '{}')).toEqual({ kind: 'malformed' })
    expect(readEvent(name, '{')).toEqual({ kind: 'malformed' })
  })
})

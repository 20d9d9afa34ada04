import { describe, expect, it } from 'vitest'
import table from '../../../shared-schema/src/test/resources/meower/text/bodies.json?raw'
import { LIMIT, codePoints, judge } from './draft'

interface Case {
  readonly typed: string
  readonly is: ReturnType<typeof judge>['kind']
  readonly body?: string
  readonly why: string
}

/** The command-service is tested with the same ones. */
const cases = JSON.parse(table) as readonly Case[]

describe('codePoints', () => {
  it.each([
    ['', 0],
    ['meow', 4],
    ['é', 1],
    ['🐈', 1],
    ['👩‍👩‍👧‍👦', 7],
    ['🇵🇱', 2],
    ['a\nb', 3],
  ])('counts %j as %i', (text, count) => {
    expect(codePoints(text)).toBe(count)
  })
})

describe('judge', () => {
  it.each(cases)('finds it $is: $why', ({ typed, is, body }) => {
    const draft = judge(typed)
    expect(draft.kind).toBe(is)
    if (draft.kind === 'ready') expect(draft.body).toBe(body)
  })

  it.each(cases.filter(({ is }) => is === 'ready'))(
    'keeps as it is what the server would keep: $why',
    ({ body = '' }) => {
      expect(judge(body)).toMatchObject({ kind: 'ready', body })
    },
  )

  it('counts after normalising', () => {
    expect(judge('  cafe\u0301\t')).toEqual({ kind: 'ready', body: 'café', remaining: 136 })
    expect(judge(' \n')).toEqual({ kind: 'blank', remaining: LIMIT })
  })

  it('says how much is too much', () => {
    expect(judge('🐈'.repeat(150))).toEqual({ kind: 'tooLong', remaining: -10 })
    expect(judge(`a${'\r\n'.repeat(10)}b`)).toEqual({
      kind: 'tooManyLines',
      remaining: 128,
      excess: 2,
    })
  })
})

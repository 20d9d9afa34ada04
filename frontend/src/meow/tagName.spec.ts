import { expect, it } from 'vitest'
import tagTable from '../../../shared-schema/src/test/resources/meower/text/tags.json?raw'
import { tagName } from './tagName'

interface TagCase {
  readonly tags: readonly string[]
  readonly names?: readonly string[]
  readonly why: string
}

/** The servers are tested with the same ones. */
const cases = (JSON.parse(tagTable) as readonly TagCase[]).filter(({ names = [] }) => names.length)

it.each(cases)('tags are compared as the servers do: $why', ({ tags, names }) => {
  expect(tags.map(tagName)).toEqual(names)
})

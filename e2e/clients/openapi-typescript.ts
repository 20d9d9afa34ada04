// Posts, lists and searches with the types that openapi-typescript makes of the description.
import type { components, operations } from './meower'
import { setTimeout as pause } from 'node:timers/promises'

type Meow = components['schemas']['Meow']
type Answer<Operation extends keyof operations, Status extends number> = operations[Operation] extends {
  responses: Record<Status, { content: { 'application/json': infer Body } }>
}
  ? Body
  : never

const [url, text] = process.argv.slice(2) as [string, string]

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not ${what}`)
  console.log(what)
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 300 && !(await condition()); i++) await pause(100)
  check(await condition(), what)
}

async function post(body: components['schemas']['NewMeow']): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return fetch(`${url}/meows`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function run(): Promise<void> {
  const posted: Meow = (await (await post({ body: text })).json()) as Answer<'postMeow', 201>
  check(posted.body === text, 'posted')
  await until(async () => {
    const take: NonNullable<operations['readTimeline']['parameters']['query']>['take'] = 100
    const answer = await fetch(`${url}/meows?take=${take}`)
    const listed = (await answer.json()) as Answer<'readTimeline', 200>
    return listed.some((meow) => meow.id === posted.id && meow.body === text)
  }, 'listed')
  await until(async () => {
    const query: operations['search']['parameters']['query']['query'] = text
    const answer = await fetch(`${url}/search?query=${encodeURIComponent(query)}&sort=newest`)
    const found = (await answer.json()) as Answer<'search', 200>
    return found.some(({ id, matches }) => id === posted.id && matches[0]!.end > matches[0]!.start)
  }, 'found')
  const refused = (await (await post({ body: ' ' })).json()) as components['schemas']['Problem']
  check(refused.type === '/problems/blank', 'refused')
}

void run()

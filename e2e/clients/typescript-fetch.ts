// Posts, lists and searches with what openapi-generator makes of the description: typescript-fetch.
import { Configuration, MeowsApi, ResponseError, SearchApi } from './typescript-fetch/index'
import { setTimeout as pause } from 'node:timers/promises'

const [basePath, text] = process.argv.slice(2) as [string, string]
const configuration = new Configuration({ basePath })
const meows = new MeowsApi(configuration)
const search = new SearchApi(configuration)

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(`not ${what}`)
  console.log(what)
}

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 300 && !(await condition()); i++) await pause(100)
  check(await condition(), what)
}

async function run(): Promise<void> {
  const post = { idempotencyKey: crypto.randomUUID(), newMeow: { body: text } }
  const posted = await meows.postMeow(post)
  check(posted.body === text, 'posted')
  check((await meows.postMeow(post)).id === posted.id, 'repeated')
  await until(async () => {
    const listed = await meows.readTimeline({ take: 100 })
    return listed.some((meow) => meow.id === posted.id && meow.body === text)
  }, 'listed')
  await until(async () => {
    const found = await search.search({ query: text, sort: 'newest', take: 10 })
    return found.some(({ id, matches, createdAt }) => {
      const isSame = id === posted.id && createdAt.getTime() === posted.createdAt.getTime()
      return isSame && matches[0]!.end > matches[0]!.start
    })
  }, 'found')
  try {
    await meows.postMeow({ newMeow: { body: ' ' } })
    check(false, 'refused')
  } catch (e) {
    const problem = e instanceof ResponseError ? await e.response.json() : e
    check(problem.type === '/problems/blank', 'refused')
  }
}

void run()

import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeServer } from '../testing/FakeServer'
import { aMeow } from '../testing/meows'
import MeowPage from './MeowPage.vue'

let server: FakeServer

beforeEach(() => {
  server = FakeServer.install()
})

enableAutoUnmount(afterEach)
afterEach(() => {
  vi.useRealTimers()
})

const ID = '3MOxrnJudtVIZVQWRRvfcPtscI8'

function open(path = `/meows/${ID}`) {
  return mount(MeowPage, { props: { path } })
}

function asked(part: string) {
  const found = server.requests.filter(({ url }) => `${url.pathname}${url.search}`.includes(part))
  const last = found.at(-1)
  if (last === undefined) throw new Error(`nobody asked for ${part}`)
  return last
}

async function opened() {
  const page = open()
  await asked(`/meows/${ID}`).answer(aMeow({ id: ID, body: 'Hello, #cats' }))
  return page
}

it('shows the meow with what was posted around it', async () => {
  const page = await opened()
  await asked(`after=${ID}`).answer([aMeow({ id: 'l', body: 'later' })])
  await asked(`before=${ID}`).answer([aMeow({ id: 'e', body: 'earlier' })])

  expect(page.get('.one').text()).toContain('Hello, #cats')
  expect(page.findAll('article').map((article) => article.get('.body').text())).toEqual([
    'later',
    'Hello, #cats',
    'earlier',
  ])
  expect(document.title).toBe('\u2068Hello, #cats\u2069 · Meower')
})

it('hides what is muted around the meow, and not the meow that somebody came for', async () => {
  const mutes = [{ kind: 'tag', what: '#cats', since: 0, until: null }]
  localStorage.setItem('meower.mutes', JSON.stringify(mutes))
  const page = await opened()
  await asked(`after=${ID}`).answer([aMeow({ id: 'l', body: 'later #CATS' })])

  expect(page.get('.one').text()).toContain('Hello, #cats')
  expect(page.get('[data-id=l]').text()).toContain('Hidden: tagged #cats')
  await page.get('[data-id=l] button').trigger('click')
  expect(page.get('[data-id=l]').text()).toContain('later #CATS')
})

it('shows the meow without what is around it', async () => {
  const page = await opened()
  await asked(`after=${ID}`).refuse(503, 'Not now.')

  expect(page.get('.one').text()).toContain('Hello, #cats')
  expect(page.get('[role=alert]').text()).toContain('Not now.')
})

it.each([
  ['/meows/nothing', 404, 'There is no such meow'],
  [`/meows/${ID}`, 404, 'There is no such meow'],
  [`/meows/${ID}`, 410, 'This meow was deleted'],
])('says of %s with %i: %s', async (path, status, words) => {
  const page = open(path)
  await server.last.refuse(status, 'in the words of the server')

  expect(page.get('h1').text()).toBe(words)
  expect(document.title).toBe(`${words} · Meower`)
  expect(page.get('a.button').attributes('href')).toBe('/')
})

it('says of an address that is nothing that nothing is there', () => {
  const page = open('/cats/and/dogs')

  expect(page.get('h1').text()).toBe('There is nothing here')
  expect(server.requests).toEqual([])
})

it('keeps nothing of a meow that was deleted since', async () => {
  const preview = document.createElement('meta')
  preview.setAttribute('property', 'og:description')
  preview.setAttribute('content', 'Hello')
  document.head.append(preview)
  const page = await opened()
  document.dispatchEvent(new Event('visibilitychange'))
  await asked(`/meows/${ID}`).refuse(410, 'gone')

  expect(page.text()).not.toContain('Hello')
  expect(document.head.innerHTML).not.toContain('Hello')
  expect(page.get('h1').text()).toBe('This meow was deleted')
})

it('tries again by itself while Meower cannot answer', async () => {
  const page = open()
  vi.useFakeTimers()
  void asked(`/meows/${ID}`).refuse(503, 'A moment, please.')
  await vi.advanceTimersByTimeAsync(100)
  const before = server.requests.length
  expect(page.get('[role=alert]').text()).toContain('A moment, please.')

  await vi.advanceTimersByTimeAsync(20_000)

  expect(server.requests.length).toBeGreaterThan(before)
})

it('copies the link', async () => {
  const page = await opened()

  await page.get('.actions button').trigger('click')
  await flushPromises()

  expect(await navigator.clipboard.readText()).toBe(`${location.origin}/meows/${ID}`)
  expect(page.get('[role=status]').text()).toBe('Link copied.')
})

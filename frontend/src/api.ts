import { createEventHook } from '@vueuse/core'
import type { Deletion, FoundMeow, Meow, Revision } from './meow/meow'
import { isDeletion, isMatch, isMeow, isRecord, isRevision } from './meow/meow'
import type { Words } from './language/words'
import { said } from './language/words'

/** The servers answer within 5 s or say 503; twice that is a dead connection. */
const TIMEOUT = 10_000

export const TAKE = 50

/** How many meows are shown before a single one, and after it. */
const NEIGHBOURS = 3

/** How many meows can be asked for by their ids at once. */
export const IDS = 100

/** Whoever posts gets so many milliseconds to edit and delete, unless the server says otherwise. */
const EDIT_WINDOW = 15 * 60_000

/** `skip + take` of a search may not go beyond this. */
export const SEARCH_DEPTH = 10_000

export type Sort = 'relevance' | 'newest'

/** The right to edit and delete a meow, for whoever posted it and for a while. */
export interface Undo {
  readonly token: string
  /** Milliseconds that it holds. */
  readonly window: number
}

export interface Posted {
  readonly meow: Meow
  readonly undo: Undo | null
}

export interface TimelinePage {
  readonly meows: readonly Meow[]
  /** Everything up to it is in this answer's view. */
  readonly position: string | null
  readonly more: boolean
}

export interface SearchPage {
  readonly meows: readonly FoundMeow[]
  /** Everything up to it is in this answer's view. */
  readonly position: string | null
  readonly total: number
  /** Whether there are no more than `total`; otherwise there are at least so many. */
  readonly exact: boolean
}

export interface SearchRequest {
  readonly query: string
  readonly sort: Sort
  readonly skip?: number
  /** Up to where the first page was read, for a further one. */
  readonly position?: string | null
}

/** Why a request has no answer, in words for the person in front of the page. */
export class ApiError extends Error {
  readonly words: Words
  readonly status: number | null
  /** Milliseconds the server asks to wait. */
  readonly retryAfter: number
  /** What the problem is called, `too-late` for example; empty when it has no name. */
  readonly type: string
  /** The meow as it is now, where somebody else was faster. */
  readonly meow: Meow | null
  /** Who deleted the meow, and when. */
  readonly by: string | null
  readonly deletedAt: string | null

  constructor(
    words: Words,
    status: number | null = null,
    retryAfter = 0,
    members: Record<string, unknown> = {},
  ) {
    super(said(words))
    this.words = words
    this.name = 'ApiError'
    this.status = status
    this.retryAfter = retryAfter
    this.type = text(members.type)?.split('/').at(-1) ?? ''
    this.meow = isMeow(members.meow) ? members.meow : null
    this.by = text(members.by)
    this.deletedAt = text(members.deleted_at)
  }

  /** Whether the very same request can succeed later. */
  get temporary(): boolean {
    return this.status === null || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/** What an answer tells beside what was asked for. */
export interface Told {
  readonly headers: Headers
  /** When it was asked for, by this browser's clock. */
  readonly asked: number
  /** Whether something has happened to a meow by it. */
  readonly changed: boolean
}

const told = createEventHook<Told>()

/** Hears of every answer, whatever was asked for. */
export const onAnswer = told.on

/** For `catch`: anything else than an `ApiError` is a mistake in the page and goes on. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}

/** With the same key the same text is posted once, however often a lost answer makes it be sent. */
export async function postMeow(body: string, key: string, signal?: AbortSignal): Promise<Posted> {
  const { json, headers } = await request('/meows', signal, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ body }),
  })
  if (!isMeow(json)) throw misunderstood()
  return { meow: json, undo: undoOf(headers) }
}

function undoOf(headers: Headers): Undo | null {
  const token = headers.get('Meower-Undo')
  if (token === null) return null
  // By the server's clock alone: that of the browser may be off.
  const now = Date.parse(headers.get('Date') ?? '')
  const until = Date.parse(headers.get('Meower-Undo-Until') ?? '')
  const window = until - (Number.isNaN(now) ? Date.now() : now)
  return { token, window: Number.isNaN(window) ? EDIT_WINDOW : window }
}

/** Gives a meow another text, unless it has got one since the text was read that is corrected. */
export async function editMeow(
  { id, revision = 1 }: Meow,
  body: string,
  token: string,
  signal?: AbortSignal,
): Promise<Meow> {
  const { json } = await request(meowAddress(id), signal, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      'Meower-Undo': token,
      'If-Match': `"${revision}"`,
    },
    body: JSON.stringify({ body }),
  })
  if (!isMeow(json)) throw misunderstood()
  return json
}

/** Can be repeated: what is deleted already is deleted. */
export async function deleteMeow(id: string, token: string, signal?: AbortSignal): Promise<void> {
  await request(meowAddress(id), signal, { method: 'DELETE', headers: { 'Meower-Undo': token } })
}

/** Every text that a meow had, the oldest first. */
export async function fetchHistory(id: string, signal?: AbortSignal): Promise<readonly Revision[]> {
  const { json } = await request(`${meowAddress(id)}/history`, signal)
  if (!Array.isArray(json) || !json.every(isRevision)) throw misunderstood()
  return json
}

/** At most `IDS` meows as they are now; those that nobody knows are left out. */
export async function fetchMeows(
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly (Meow | Deletion)[]> {
  const { json } = await request(`/meows?ids=${ids.map(encodeURIComponent).join(',')}`, signal)
  if (!Array.isArray(json)) throw misunderstood()
  return json.map((one: unknown) => {
    if (isDeletion(one) || isMeow(one)) return one
    throw misunderstood()
  })
}

/** Where a meow is, for programs and for people. */
export function meowAddress(id: string): string {
  return `/meows/${encodeURIComponent(id)}`
}

/** One meow as it is now. */
export async function fetchMeow(id: string, signal?: AbortSignal): Promise<Meow> {
  const { json } = await request(meowAddress(id), signal)
  if (!isMeow(json)) throw misunderstood()
  return json
}

/** What was posted right before a meow, or right after it; the newest first. */
export async function fetchNeighbours(
  id: string,
  side: 'before' | 'after',
  signal?: AbortSignal,
): Promise<readonly Meow[]> {
  const parameters = new URLSearchParams({ take: String(NEIGHBOURS), [side]: id })
  const { json } = await request(`/meows?${parameters}`, signal)
  if (!Array.isArray(json) || !json.every(isMeow)) throw misunderstood()
  return json
}

export async function fetchTimeline(
  before: string | null,
  signal?: AbortSignal,
): Promise<TimelinePage> {
  const parameters = new URLSearchParams({ take: String(TAKE) })
  if (before !== null) parameters.set('before', before)
  const { json, headers } = await request(`/meows?${parameters}`, signal)
  if (!Array.isArray(json) || !json.every(isMeow)) throw misunderstood()
  return { meows: json, position: headers.get('Meower-Position'), more: json.length >= TAKE }
}

/** Up to where everything can be read, in the timeline and in the search. */
export async function fetchPosition(signal?: AbortSignal): Promise<string | null> {
  const { position } = await fetchHead(signal)
  return position
}

/** The newest meow at most, for who wants to know whether anything has happened. */
export async function fetchHead(signal?: AbortSignal): Promise<TimelinePage> {
  const { json, headers } = await request('/meows?take=1', signal)
  if (!Array.isArray(json) || !json.every(isMeow)) throw misunderstood()
  return { meows: json, position: headers.get('Meower-Position'), more: json.length > 0 }
}

/** Why the live feed of some tags is refused for good; null when it is not. A socket does not tell. */
export async function fetchRefusal(topics: readonly string[]): Promise<ApiError | null> {
  const stopped = new AbortController()
  const parameters = new URLSearchParams(topics.map((topic) => ['topic', topic]))
  try {
    const response = await fetch(`/events?${parameters}`, {
      headers: { Accept: 'text/event-stream, application/problem+json' },
      signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(TIMEOUT)]),
    })
    if (response.ok) return null
    const error = problem(response, await response.text())
    return error.temporary ? null : error
  } catch {
    return null // Nobody can be reached, who then refuses nothing.
  } finally {
    stopped.abort()
  }
}

export async function searchMeows(
  { query, sort, skip = 0, position }: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchPage> {
  const parameters = new URLSearchParams({ query, take: String(TAKE) })
  if (sort !== 'relevance') parameters.set('sort', sort)
  if (skip > 0) parameters.set('skip', String(skip))
  if (position) parameters.set('position', position)
  const { json, headers } = await request(`/search?${parameters}`, signal)
  if (!Array.isArray(json) || !json.every(isMeow)) throw misunderstood()
  const total = Number.parseInt(headers.get('Meower-Total') ?? '', 10)
  return {
    meows: json.map(found),
    position: headers.get('Meower-Position'),
    total: Number.isNaN(total) ? skip + json.length : total,
    exact: headers.get('Meower-Total-Relation') !== 'at-least',
  }
}

function found(meow: Meow): FoundMeow {
  const matches = 'matches' in meow && Array.isArray(meow.matches) ? meow.matches : []
  return { ...meow, matches: matches.filter(isMatch) }
}

interface Answer {
  readonly json: unknown
  readonly headers: Headers
}

async function request(url: string, signal?: AbortSignal, init?: RequestInit): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT)
  const signals = signal ? [signal, timeout] : [timeout]
  const headers = new Headers(init?.headers)
  headers.set('Accept', 'application/json, application/problem+json')
  let response: Response
  let text: string
  const asked = Date.now()
  try {
    response = await fetch(url, { ...init, headers, signal: AbortSignal.any(signals) })
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError({ key: timeout.aborted ? 'api.late' : 'api.unreachable' })
  }
  const changed = response.ok && (init?.method ?? 'GET') !== 'GET'
  void told.trigger({ headers: response.headers, asked, changed })
  if (!response.ok) throw problem(response, text)
  return { json: parse(text), headers: response.headers }
}

function problem(response: Response, content: string): ApiError {
  const json = parse(content)
  const members = isRecord(json) ? json : {}
  const detail = text(members.detail ?? members.title)
  return new ApiError(
    detail ?? inWords(response.status),
    response.status,
    retryAfter(response),
    members,
  )
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function retryAfter(response: Response): number {
  const value = response.headers.get('Retry-After')
  if (value === null) return 0
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(wait) ? 0 : Math.min(Math.max(wait, 0), 60_000)
}

function inWords(status: number): Words {
  if (status === 413) return { key: 'api.tooLong' }
  if (status === 429) return { key: 'api.tooFast' }
  if (status >= 500) return { key: 'api.unavailable' }
  return { key: 'api.refused', values: { status: String(status) } }
}

function misunderstood(): ApiError {
  return new ApiError({ key: 'api.unexpected' })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

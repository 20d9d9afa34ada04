/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching'
import { matchPrecache, precache } from 'workbox-precaching'
import { NavigationRoute, registerRoute, Route } from 'workbox-routing'
import { goTo } from './pressed'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[]
}

const PAGE = '/index.html'
const LANGUAGE = /^\/assets\/language-\w+-/
const LANGUAGES = 'languages'

// The page itself comes from the network, so that it is the newest one, and from here where there is
// none. Its files never change: their names do.
precache([...self.__WB_MANIFEST])
registerRoute(new NavigationRoute(newestPage, { allowlist: [/^\/(\?.*)?$/] }))
registerRoute(new Route(({ url }) => LANGUAGE.test(url.pathname), keptLanguage))
registerRoute(new Route(({ url }) => url.pathname.startsWith('/assets/'), keptFile))

async function newestPage({ request }: { readonly request: Request }): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await matchPrecache(PAGE)
    if (kept === undefined) throw error
    return kept
  }
}

/** Readers have one language or two: only what was read once is kept, of each the newest file. */
async function keptLanguage({ request }: { readonly request: Request }): Promise<Response> {
  const cache = await caches.open(LANGUAGES)
  const kept = await cache.match(request)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (!response.ok) return response
  const [name = ''] = LANGUAGE.exec(new URL(request.url).pathname) ?? []
  const older = (await cache.keys()).filter(({ url }) => url.includes(name))
  await Promise.all(older.map((one) => cache.delete(one)))
  await cache.put(request, response.clone())
  return response
}

async function keptFile({ request }: { readonly request: Request }): Promise<Response> {
  return (await matchPrecache(request)) ?? fetch(request)
}

// What was kept for a page before this one is not needed: each page brings all of its files.
self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(goTo(self.clients, event.notification.data))
})

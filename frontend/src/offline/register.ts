/**
 * Has the browser keep the page for when there is no network. Not before everything else is there, and
 * not where a browser has no workers, or only for pages that came over TLS.
 */
export function keepForOffline(production = import.meta.env.PROD) {
  if (!production || !('serviceWorker' in navigator)) return
  const register = () => {
    // Without a worker the page is the same as long as there is a network.
    navigator.serviceWorker.register('/worker.js').catch(() => undefined)
  }
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}

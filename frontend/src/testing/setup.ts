import { afterEach } from 'vitest'

afterEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

/** A real clock ends no request of a time that is played: that of a day takes longer than ten seconds on a slow machine. */
AbortSignal.timeout = () => new AbortController().signal

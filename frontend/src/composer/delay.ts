import type { ApiError } from '../api'

/** Why a post is not accepted yet, and in how many milliseconds it is sent again. */
export interface Delay {
  readonly error: ApiError
  readonly wait: number
}

export function delayInWords({ error, wait }: Delay): string {
  // Only the server's limit ends by itself at a time that is known.
  const when = error.status === 429 ? ` in ${inSeconds(wait)}` : ''
  return `${cause(error)} This page tries again by itself${when}; your meow is posted once.`
}

function cause({ status }: ApiError): string {
  if (status === null) return 'Meower does not answer.'
  if (status === 429) return 'You are posting faster than Meower allows.'
  return 'Meower cannot take your meow at the moment.'
}

function inSeconds(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000))
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
}

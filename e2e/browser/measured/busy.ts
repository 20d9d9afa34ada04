import type { Stream } from '../servers/Stream.js'

const WORDS =
  'the cat sleeps in the warm kitchen while rain falls on the roof and nobody wants to go out'

export const aText = (number: number) =>
  `${WORDS.slice(0, 20 + (number % 60))} ${number} #fest https://example.org/way/${number}`

/** Lets meows come at an even rate; returns what ends it. */
export function busy(stream: Stream, perSecond: number): () => void {
  const from = performance.now()
  let sent = 0
  const timer = setInterval(
    () => {
      // By the clock: a timer that is late does not make the feed a slow one.
      const due = Math.floor(((performance.now() - from) / 1_000) * perSecond)
      for (; sent < due; sent += 1) stream.create(aText(sent))
    },
    1_000 / perSecond / 2,
  )
  return () => clearInterval(timer)
}

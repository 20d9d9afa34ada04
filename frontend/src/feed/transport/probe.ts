import type { Transport, Wanted } from './Transport'

/** Milliseconds before the first try; the pauses grow. */
const FIRST = 10_000
const LONGEST = 300_000
/** As long as the feed itself waits to be greeted. */
const PATIENCE = 10_000

/**
 * Tries from time to time whether a better way gets through by now, beside the one that is taken.
 * Returns what ends it.
 */
export function probe(transport: Transport, wanted: () => Wanted, through: () => void): () => void {
  let pause = FIRST
  let close: (() => void) | undefined
  let timer = setTimeout(begin, pause)

  function begin() {
    const receiver = { onFrame: greeted, onPage: greeted, onEnd: later }
    close = transport(wanted(), receiver)
    timer = setTimeout(later, PATIENCE)
  }

  function greeted() {
    end()
    through()
  }

  function later() {
    end()
    pause = Math.min(2 * pause, LONGEST)
    timer = setTimeout(begin, pause)
  }

  function end() {
    clearTimeout(timer)
    close?.()
    close = undefined
  }

  return end
}

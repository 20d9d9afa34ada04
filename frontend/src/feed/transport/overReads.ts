import { asApiError, fetchHead, fetchTimeline } from '../../api'
import type { Transport } from './Transport'

/** Milliseconds from an answer to the next question: with it a meow is there within 5 s. */
export const PAUSE = 3_000

/** Asks again and again, for where nothing that stays open gets through. */
export const overReads: Transport = ({ topics }, { onPage, onEnd }) => {
  const stopped = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Of some tags it says nothing but that something has happened. */
  function newest(signal: AbortSignal) {
    return topics.length === 0 ? fetchTimeline(null, signal) : fetchHead(signal)
  }

  async function read() {
    try {
      const page = await newest(stopped.signal)
      timer = setTimeout(() => void read(), PAUSE)
      onPage(page)
    } catch (error) {
      if (stopped.signal.aborted) return
      asApiError(error)
      onEnd()
    }
  }

  void read()
  return () => {
    clearTimeout(timer)
    stopped.abort()
  }
}

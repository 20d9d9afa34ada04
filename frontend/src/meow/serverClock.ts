import type { Ref } from 'vue'
import { readonly, ref } from 'vue'
import { onAnswer } from '../api'

/** The Date of an answer has no parts of a second. */
const SECOND = 1_000

export interface ServerClock {
  /** So many milliseconds the servers' clock is before this browser's. */
  readonly ahead: Readonly<Ref<number>>
  /** An answer that was asked for and came at these times, by this browser's clock, says what time it is. */
  readonly tell: (date: string | null, asked: number, came: number) => void
  /** The moment is not in the future, whatever this browser's clock says. */
  readonly hasBeen: (moment: string, now: number) => void
}

/**
 * What time it is for the servers, who date the meows. What is possible is left as it is, so that the
 * ages of a reader whose clock is right do not waver with the ways of their answers.
 */
export function serverClock(): ServerClock {
  const ahead = ref(0)

  function tell(date: string | null, asked: number, came: number) {
    const time = Date.parse(date ?? '')
    if (Number.isNaN(time) || came < asked) return
    ahead.value = Math.min(Math.max(ahead.value, time - came), time + SECOND - asked)
  }

  function hasBeen(moment: string, now: number) {
    const time = Date.parse(moment)
    if (!Number.isNaN(time)) ahead.value = Math.max(ahead.value, time - now)
  }

  return { ahead: readonly(ahead), tell, hasBeen }
}

/** That of the page: told by every answer, also by those before somebody looks at it. */
export const servers = serverClock()

onAnswer(({ headers, asked }) => {
  servers.tell(headers.get('Date'), asked, Date.now())
})

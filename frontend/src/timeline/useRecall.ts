import type { Meow } from '../meow/meow'
import { isDeletion } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import { readAgain } from '../place/readAgain'

/** Meows that were held once and are to be held again, until they have been read as they are now. */
export function useRecall(lives: Lives) {
  let wanted: readonly string[] = []

  function want(ids: readonly string[]) {
    wanted = ids
  }

  /** Without those that are no more; none when nobody wants them any longer. To be called after the newest ones were read: they are as new. */
  async function read(newest: readonly Meow[], signal: AbortSignal): Promise<readonly Meow[]> {
    const ids = wanted
    const known = await readAgain(ids, newest, signal)
    signal.throwIfAborted()
    known.forEach(lives.learn)
    if (wanted !== ids) return []
    wanted = []
    return known.flatMap((one) => (isDeletion(one) ? [] : [one]))
  }

  return { want, read }
}

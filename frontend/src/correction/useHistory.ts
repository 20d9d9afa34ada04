import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { asApiError, fetchHistory } from '../api'
import type { Meow, Revision } from '../meow/meow'
import type { Lives } from '../meow/useLives'
import type { Words } from '../language/words'

/** The texts that a meow had, read when somebody wants to see them, and again with each edit. */
export function useHistory(meow: () => Meow, lives: Lives) {
  const open = ref(false)
  const revisions = shallowRef<readonly Revision[] | null>(null)
  const problem = shallowRef<Words>('')
  let running: AbortController | null = null

  async function load() {
    running?.abort()
    const request = new AbortController()
    running = request
    problem.value = ''
    const { id } = meow()
    try {
      const history = await fetchHistory(id, request.signal)
      if (!request.signal.aborted) revisions.value = history
    } catch (caught) {
      if (request.signal.aborted) return
      const error = asApiError(caught)
      problem.value = error.words
      if (error.type === 'deleted') {
        const deleted_at = error.deletedAt ?? new Date().toISOString()
        lives.learn({ id, deleted_at, by: error.by ?? 'author' })
      }
    }
  }

  watch([open, () => meow().revision], () => {
    if (open.value) void load()
  })

  onScopeDispose(() => {
    running?.abort()
  })
  return { open, revisions, problem, load }
}

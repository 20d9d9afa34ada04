import { useSessionStorage } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ApiError } from '../api'
import { asApiError, postMeow } from '../api'
import type { Meow } from '../meow/meow'
import { judge } from './draft'

const STORAGE = 'meower.draft'

/** What somebody is writing. It is given up only when the server has accepted it. */
export function useComposer(posted: (meow: Meow) => void) {
  const text = useSessionStorage(STORAGE, '', { onError: () => undefined })
  const draft = computed(() => judge(text.value))
  const posting = ref(false)
  const problem = shallowRef<ApiError | null>(null)
  const stopped = new AbortController()
  let sent: { readonly body: string; readonly key: string } | null = null

  async function post() {
    if (posting.value || draft.value.kind !== 'ready') return
    const { body } = draft.value
    // A retry of the same text carries the same key: if only the answer was lost, it is not doubled.
    if (sent?.body !== body) sent = { body, key: randomKey() }
    posting.value = true
    problem.value = null
    try {
      const meow = await postMeow(body, sent.key, stopped.signal)
      sent = null
      text.value = ''
      posted(meow)
    } catch (error) {
      if (stopped.signal.aborted) return
      problem.value = asApiError(error)
    } finally {
      posting.value = false
    }
  }

  onScopeDispose(() => {
    stopped.abort()
  })
  return { text, draft, posting, problem, post }
}

/** `crypto.randomUUID` exists on secure origins only; this one works on any. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

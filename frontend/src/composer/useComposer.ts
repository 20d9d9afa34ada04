import { StorageSerializers, useSessionStorage } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Posted, Undo } from '../api'
import { ApiError, asApiError, postMeow } from '../api'
import type { Meow } from '../meow/meow'
import { useRetry } from '../useRetry'
import type { Delay } from './delay'
import { judge, normalise } from './draft'

const DRAFT = 'meower.draft'
const SENT = 'meower.sent'
/** With the waits between them about half a minute; then it is up to the person. */
export const TRIES = 6

export type Posting = 'idle' | 'sending' | 'trying again'

interface Sent {
  readonly body: string
  readonly key: string
}

export type Composer = ReturnType<typeof useComposer>

/**
 * What somebody is writing, and the post of it, which goes on whatever view is shown. It is given up
 * only when the server has accepted it. What fails for now is sent again by itself, under the same
 * key: if only the answer was lost, it is not posted twice.
 */
export function useComposer(onPosted: (meow: Meow, undo: Undo | null) => void) {
  const text = useSessionStorage(DRAFT, '', { onError: () => undefined })
  // Kept with the text: after a reload of the page, too, the same text is the same meow.
  const sent = useSessionStorage<Sent | null>(SENT, null, {
    serializer: StorageSerializers.object,
    onError: () => undefined,
  })
  const draft = computed(() => judge(text.value))
  const posting = ref<Posting>('idle')
  const problem = shallowRef<ApiError | null>(null)
  /** What was posted last, until something else is written. */
  const posted = shallowRef<Meow | null>(null)
  const delay = shallowRef<Delay | null>(null)
  const stopped = new AbortController()
  const retry = useRetry(() => void send())
  /** What waits until the post that is under way is over: the field belongs to it. */
  const restored: string[] = []

  function write(typed: string) {
    text.value = typed
    posted.value = null
    if (draft.value.kind === 'blank') problem.value = null
  }

  function post() {
    if (posting.value !== 'idle' || draft.value.kind !== 'ready') return
    const { body } = draft.value
    if (sent.value?.body !== body) sent.value = { body, key: randomKey() }
    retry.settle()
    posting.value = 'sending'
    problem.value = null
    void send()
  }

  async function send() {
    if (sent.value === null) return
    const { body, key } = sent.value
    try {
      accepted(await postMeow(body, key, stopped.signal))
    } catch (error) {
      if (!stopped.signal.aborted) failed(asApiError(error))
    }
  }

  function accepted({ meow, undo }: Posted) {
    // An input method may still have added to it: that is not posted.
    if (normalise(text.value) === sent.value?.body) text.value = ''
    sent.value = null
    posting.value = 'idle'
    posted.value = meow
    onPosted(meow, undo)
  }

  function failed(error: ApiError) {
    // It was posted, and is deleted: the same text is another meow from now on.
    if (error.type === 'deleted') sent.value = null
    if (error.temporary && retry.attempts() < TRIES - 1) {
      posting.value = 'trying again'
      delay.value = { error, wait: retry.later(error.retryAfter) }
    } else {
      posting.value = 'idle'
      problem.value = error.type === 'deleted' ? posthumous(error) : error
    }
  }

  /** Puts a text back to where it was written, above what is written there now. */
  function restore(body: string) {
    if (posting.value === 'idle')
      write(draft.value.kind === 'blank' ? body : `${body}\n${text.value}`)
    else restored.push(body)
  }

  watch(posting, (now) => {
    if (now === 'idle') restored.splice(0).forEach(restore)
  })

  onScopeDispose(() => {
    stopped.abort()
  })
  return { text, draft, posting, problem, posted, delay, write, post, restore }
}

function posthumous({ status }: ApiError): ApiError {
  return new ApiError(
    'It had been posted, and was deleted since. Post it again if you like.',
    status,
  )
}

/** `crypto.randomUUID` exists on secure origins only; this one works on any. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

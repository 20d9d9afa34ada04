import { computed } from 'vue'
import { judge } from './draft'
import { useDraft } from './useDraft'

export type Composer = ReturnType<typeof useComposer>

/** What somebody is writing, until it is handed to whatever posts it; then the next can be written. */
export function useComposer(handOver: (body: string) => void) {
  const text = useDraft()
  const draft = computed(() => judge(text.value))

  function write(typed: string) {
    text.value = typed
  }

  /** Returns whether there was something to be posted. */
  function post(): boolean {
    if (draft.value.kind !== 'ready') return false
    handOver(draft.value.body)
    write('')
    return true
  }

  /** Puts a text back to where it was written, above what is written there now. */
  function restore(body: string) {
    write(draft.value.kind === 'blank' ? body : `${body}\n${text.value}`)
  }

  return { text, draft, write, post, restore }
}

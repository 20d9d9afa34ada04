import { computed, ref, watch } from 'vue'
import { LIMIT, codePoints, judge, normalise } from './draft'
import { useDraft } from './useDraft'

export type Composer = ReturnType<typeof useComposer>

/**
 * What somebody is writing, until it is handed to whatever posts it; then the next can be written.
 *
 * @param lead what a text begins with by itself, as long as nobody wants it otherwise; alone it is no draft
 */
export function useComposer(handOver: (body: string) => void, lead: () => string = () => '') {
  const written = useDraft()
  /** What somebody has left of the lead. */
  const rest = ref<string | null>(null)
  const text = computed(() => rest.value ?? (written.value === '' ? lead() : written.value))
  const draft = computed(() => {
    const untouched = lead() !== '' && normalise(text.value) === normalise(lead())
    if (!untouched) return judge(text.value)
    return { kind: 'blank', remaining: LIMIT - codePoints(normalise(text.value)) } as const
  })

  function write(typed: string) {
    const left = lead().startsWith(typed)
    rest.value = left ? typed : null
    written.value = left ? '' : typed
  }

  /** Returns whether there was something to be posted. */
  function post(): boolean {
    if (draft.value.kind !== 'ready') return false
    handOver(draft.value.body)
    written.value = ''
    rest.value = null
    return true
  }

  /** Puts a text back to where it was written, above what is written there now. */
  function restore(body: string) {
    write(draft.value.kind === 'blank' ? body : `${body}\n${text.value}`)
  }

  watch(lead, () => {
    rest.value = null
  })

  return { text, draft, write, post, restore }
}

import { ref } from 'vue'
import { frameOf } from '../column/column'
import type { Composer } from '../composer/useComposer'
import type { Outbox } from '../outbox/useOutbox'
import type { Post } from '../outbox/post'
import { ENTRIES, focusOn } from './entries'

/** Where somebody writes: in the view, or above what is read. */
export function useWriting(composer: Composer, outbox: Outbox) {
  /** Whether somebody writes above what is read. */
  const writing = ref(false)

  /** Writes where the composer can be seen, or else above what is read, which stays where it is. */
  function write() {
    const field = document.getElementById(ENTRIES.timeline.field)
    const { top = -1, bottom = 0 } = field?.getBoundingClientRect() ?? {}
    if (top < frameOf(null).top || bottom > window.innerHeight) writing.value = true
    else focusOn(ENTRIES.timeline.field)
  }

  function writeOn(text: string) {
    composer.restore(text)
    write()
  }

  function editPost({ key, body }: Post) {
    void outbox.cancel(key)
    writeOn(body)
  }

  return { writing, write, writeOn, editPost }
}

import { nextTick } from 'vue'
import { useMutes } from '../mute/useMutes'
import { articleOf } from '../place/place'

/** What somebody is asked about who mutes something, and the end of it. */
export function useMuting() {
  const { asked } = useMutes()

  /** What had the focus may be folded up or out by now; then what stands there has it. */
  async function endMuting() {
    const id = asked.value?.meow?.id
    asked.value = null
    await nextTick()
    if (id === undefined || document.activeElement !== document.body) return
    const article = articleOf(id)
    if (article === null) return
    article.tabIndex = -1
    article.focus({ preventScroll: true })
  }

  return { asked, endMuting }
}

import { nextTick, watch } from 'vue'
import { columnOf } from '../column/column'
import { useMutes } from '../mute/useMutes'
import { articleOf } from '../place/place'

/** What somebody is asked about who mutes something, and the end of it. */
export function useMuting() {
  const { asked } = useMutes()

  /** In which somebody was who asked for it: a meow can stand in several. */
  let column: HTMLElement | null = null
  watch(
    asked,
    (now) => {
      if (now !== null) column = columnOf(document.activeElement)
    },
    { flush: 'sync' },
  )

  /** What had the focus may be folded up or out by now; then what stands there has it. */
  async function endMuting() {
    const id = asked.value?.meow?.id
    asked.value = null
    await nextTick()
    if (id === undefined || document.activeElement !== document.body) return
    const article = articleOf(id, column)
    if (article === null) return
    article.tabIndex = -1
    article.focus({ preventScroll: true })
  }

  return { asked, endMuting }
}

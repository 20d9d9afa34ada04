import type { Ref } from 'vue'
import { onScopeDispose, watch } from 'vue'
import type { Fitting } from './fit'
import { fit } from './fit'

/** Keeps the text in a box so large that the whole of it can be seen. */
export function useFit(box: Readonly<Ref<HTMLElement | null>>, body: () => string) {
  function refit() {
    const element = box.value
    if (element === null) return
    apply(
      element,
      fit((fitting) => {
        apply(element, fitting)
        const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element
        return scrollHeight <= clientHeight && scrollWidth <= clientWidth
      }),
    )
  }

  watch([box, body], refit, { flush: 'post' })
  const observer = new ResizeObserver(refit)
  watch(
    box,
    (element) => {
      observer.disconnect()
      if (element !== null) observer.observe(element)
    },
    { flush: 'post' },
  )
  onScopeDispose(() => {
    observer.disconnect()
  })
}

function apply({ style, classList }: HTMLElement, { scale, folded }: Fitting) {
  style.setProperty('--fit', String(scale))
  classList.toggle('folded', folded)
}

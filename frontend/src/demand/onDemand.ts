import { useEventListener, useTimeoutFn } from '@vueuse/core'
import type { Component } from 'vue'
import { defineComponent, h, ref, shallowRef } from 'vue'
import PendingDialog from './PendingDialog.vue'
import { styled } from './styled'

/** Milliseconds before somebody who asked for it is told that it is on its way. */
const SOON = 500
/** Milliseconds after which it counts as not to be had. */
export const PATIENCE = 10_000

/**
 * A part of the page, most often a dialog, whose code is loaded when somebody asks for it, which few do.
 * Where it does not come, that is said in its place, and it is asked for again when the network is back.
 *
 * @param pending what says so; a dialog unless something else is named
 */
export function onDemand<C extends Component>(
  load: () => Promise<{ readonly default: C }>,
  pending?: Component,
): C {
  const part = defineComponent({
    inheritAttrs: false,
    setup(_, { attrs }) {
      const loaded = shallowRef<C | null>(null)
      const late = ref(false)
      const failed = ref(false)
      const patience = useTimeoutFn(fail, PATIENCE, { immediate: false })
      useTimeoutFn(() => {
        late.value = true
      }, SOON)

      function fail() {
        failed.value = true
        late.value = true
      }

      async function ask() {
        failed.value = false
        patience.start()
        try {
          loaded.value = (await styled(load)).default
        } catch {
          fail()
        } finally {
          patience.stop()
        }
      }

      useEventListener(window, 'online', () => {
        if (failed.value) void ask()
      })
      void ask()

      return () => {
        if (loaded.value !== null) return h(loaded.value, attrs)
        if (!late.value) return null
        return h(pending ?? PendingDialog, {
          ...attrs,
          failed: failed.value,
          onRetry: () => void ask(),
        })
      }
    },
  })
  return part as unknown as C
}

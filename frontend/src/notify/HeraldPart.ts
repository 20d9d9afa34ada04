import type { PropType } from 'vue'
import { defineComponent } from 'vue'
import { useHerald } from './useHerald'

/** Notifies for as long as it is on the page, where nothing of it is seen. */
export default defineComponent({
  props: {
    isOwn: { type: Function as PropType<(id: string) => boolean>, required: true },
    open: { type: Function as PropType<(address: string) => void>, required: true },
  },
  setup({ isOwn, open }) {
    useHerald(isOwn, open)
    return () => null
  },
})

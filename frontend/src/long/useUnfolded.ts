import { createSharedComposable } from '@vueuse/core'
import { shallowReactive } from 'vue'

/** The ids of long meows that are shown as a whole, for as long as the page is open. */
export const useUnfolded = createSharedComposable(() => shallowReactive(new Set<string>()))

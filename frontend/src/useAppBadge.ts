import { watch } from 'vue'

/** Shows at the icon of the installed page how many wait to be seen, where the system can. */
export function useAppBadge(count: () => number) {
  if (!('setAppBadge' in navigator)) return
  watch(count, (now) => {
    // It is nobody's loss where the system refuses.
    navigator.setAppBadge(now).catch(() => undefined)
  })
}

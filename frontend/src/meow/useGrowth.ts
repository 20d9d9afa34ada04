import { usePreferredReducedMotion } from '@vueuse/core'
import type { Ref } from 'vue'
import { nextTick, ref } from 'vue'
import { useStillness } from '../pace/useStillness'
import { drawn, holdPlace, layOut, placeOfTheRead, topOf } from './place'

/** Milliseconds in which new meows push the others down. */
const SLIDE = 300

/**
 * How a list grows at its top: where somebody is at it, above what is read, which stays in its place;
 * otherwise the others are seen to make room.
 */
export function useGrowth(list: Readonly<Ref<HTMLElement | null>>) {
  const { still } = useStillness()
  const motion = usePreferredReducedMotion()
  const sliding = ref(false)

  /** To be called before the new meows are drawn, with the rows that are there and stay. */
  function grow(kept: readonly HTMLElement[]) {
    const first = kept[0]
    if (first === undefined) return
    const place = still.value ? placeOfTheRead(kept) : null
    const top = topOf(first)
    sliding.value = place === null
    void nextTick(() => {
      const grown = rowsBefore(first)
      layOut(grown)
      if (place !== null) holdPlace(place)
      // A row that is drawn only once it slides into sight would count as one that has moved.
      else if (sliding.value) layOut(grown, slide(topOf(first) - top))
    })
  }

  /** As a transform from where it was: no layout moves, and the browser draws it by itself. */
  async function slide(by: number) {
    const { style } = list.value ?? {}
    if (style === undefined) return
    style.transform = `translateY(${-by}px)`
    await drawn()
    // Nobody sees where something goes that is longer than the window.
    const seen = motion.value !== 'reduce' && by <= window.innerHeight
    if (seen) style.transition = `transform ${SLIDE}ms ease-out`
    style.transform = ''
    if (seen) await new Promise((resolve) => setTimeout(resolve, SLIDE))
    style.transition = ''
    sliding.value = false
    await drawn()
  }

  return { grow, sliding }
}

function rowsBefore(row: HTMLElement): HTMLElement[] {
  const siblings = [...(row.parentElement?.children ?? [])] as HTMLElement[]
  return siblings.slice(0, siblings.indexOf(row))
}

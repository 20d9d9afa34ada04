import { vi } from 'vitest'
import { ref } from 'vue'

/** Finds the feed lost when a test says so, and never by itself. */
export function aLiveness() {
  return { lost: ref(0), heard: vi.fn<(position: string | null) => void>() }
}

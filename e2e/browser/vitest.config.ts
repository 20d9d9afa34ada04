import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['*.spec.ts'],
    // One stack for all: what one test stops, another would miss.
    fileParallelism: false,
    sequence: { concurrent: false },
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // At the top new meows come once a second.
    expect: { poll: { timeout: 15_000 } },
  },
})

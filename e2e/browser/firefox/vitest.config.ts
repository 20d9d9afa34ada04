import { defineConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** The page in Firefox, with servers that are played. */
export default defineConfig({
  test: { ...shared.test, dir: import.meta.dirname },
})

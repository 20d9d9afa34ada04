import { defineConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** What needs of Meower nothing but the files of its page: the servers are played by the tests. */
export default defineConfig({
  test: {
    ...shared.test,
    dir: import.meta.dirname,
    globalSetup: `${import.meta.dirname}/server.ts`,
  },
})

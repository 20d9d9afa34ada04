import { defineConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** What needs of Meower nothing but the files of its page: the servers are played by the tests. */
export default defineConfig({
  test: {
    ...shared.test,
    // What comes does so when the machine lets it, which others use, too.
    expect: { poll: { timeout: 60_000 } },
    dir: import.meta.dirname,
    globalSetup: `${import.meta.dirname}/server.ts`,
  },
})

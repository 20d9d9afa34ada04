import { join } from 'node:path'
import { runnerImport } from 'vite'

// As the tests are: TypeScript, which Node.js does not read by itself.
await runnerImport(join(import.meta.dirname, 'measure.ts'))

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const meower = process.env.MEOWER_URL ?? 'http://localhost:8080'

/** Once, here: nginx would compress a script again for everybody who asks, and some ask very often. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        const file = join(dir, name)
        writeFileSync(
          `${file}.gz`,
          gzipSync(readFileSync(file), { level: constants.Z_BEST_COMPRESSION }),
        )
      }
    },
  }
}

/**
 * What the service that answers with a single meow cannot know: the names of scripts and styles. The
 * proxy puts this into its document, which says title and description itself.
 */
function headOfAMeow(): Plugin {
  return {
    name: 'head-of-a-meow',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      const page = readFileSync(join(dir, 'meow.html'), 'utf8')
      const head = /<head>(.*)<\/head>/s.exec(page)?.[1] ?? ''
      const shared = head.replace(/<title>.*<\/title>|<meta name="description"[^>]*>/gs, '')
      if (!shared.includes('<script')) throw new Error('meow.html has no script')
      writeFileSync(join(dir, 'meow-head.html'), shared)
    },
  }
}

/** The worker from which the page begins where there is no network: of the first page only. */
function worker() {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/offline',
    filename: 'worker.ts',
    // The page does both by itself.
    injectRegister: false,
    manifest: false,
    injectManifest: {
      globPatterns: ['index.html', 'favicon.svg', 'assets/*.{js,css,woff2}'],
      // Of the fonts those that nearly every page needs.
      globIgnores: [
        'assets/*-{latin-ext,vietnamese}-*',
        'assets/{meow,wall,setup,options,nano}-*',
        // The worker keeps the language that is read, once it is.
        'assets/language-*',
      ],
      // Their names change with what is in them.
      dontCacheBustURLsMatching: /^assets\//,
      rollupFormat: 'iife',
    },
  })
}

export default defineConfig({
  plugins: [vue(), compressed(), headOfAMeow(), worker()],
  build: {
    rollupOptions: {
      input: ['index.html', 'meow.html', 'wall.html', 'wall/setup.html'],
      output: {
        // What documents share is one file: in pieces it would be larger, and each a request of its own.
        chunkFileNames: ({ facadeModuleId }) =>
          /\/src\/language\/\w+\.ts$/.test(facadeModuleId ?? '')
            ? 'assets/language-[name]-[hash].js'
            : 'assets/[name]-[hash].js',
        codeSplitting: {
          groups: [{ name: 'shared', test: /^(?!.*\/src\/wall\/)/, minShareCount: 2 }],
        },
      },
    },
    // Inlined assets would be data: addresses, which the page's security policy refuses for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // Tests read the tables of cases that are shared with the services.
    fs: { allow: ['.', '../shared-schema/src/test/resources'] },
    // The Host header stays the page's own: the pusher compares it with Origin.
    proxy: {
      '/meows': { target: meower, changeOrigin: false },
      '/search': { target: meower, changeOrigin: false },
      '/pusher': { target: meower, changeOrigin: false, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/testing/setup.ts'],
    // Time is played; this one ends what hangs, also on a machine that others use.
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})

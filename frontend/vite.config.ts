import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const meower = process.env.MEOWER_URL ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [vue()],
  build: {
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
    restoreMocks: true,
    unstubGlobals: true,
  },
})

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The contract tests: the APIs as a stranger's client sees them, on a server that was really started, per database. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('..', import.meta.url)) } },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: (['sqlite', 'postgresql'] as const).map((database) => ({
      extends: true as const,
      test: {
        name: database,
        include: ['e2e/apis/**/*.{test,spec}.ts'],
        env: { KEYBOUND_TEST_DATABASE: database },
      },
    })),
  },
})

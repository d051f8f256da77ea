import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

/** What runs on one database alone. */
const notFor = {
  // SQLite is for one server; here several share a database.
  sqlite: ['two-processes'],
  // No row of a database changes what these are about: transports, headers, documents, other versions of Node.
  postgresql: [
    'cross-origin',
    'framework-headers',
    'http-connections',
    'metrics-off',
    'node-versions',
    'openapi',
    'peer-address',
    'run-contract',
    'zitadel-client',
    'zitadel-grpc',
    'zitadel-wires',
  ],
}

/** The contract tests: the APIs as a stranger's client sees them, on a server that was really started, per database. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('..', import.meta.url)) } },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Each file starts a server of its own; on two cores vitest would otherwise run them one by one.
    maxWorkers: 2,
    projects: (['sqlite', 'postgresql'] as const).map((database) => ({
      extends: true as const,
      test: {
        name: database,
        include: ['e2e/apis/**/*.{test,spec}.ts'],
        exclude: [...configDefaults.exclude, ...notFor[database].map((name) => `e2e/apis/${name}.spec.ts`)],
        env: { KEYBOUND_TEST_DATABASE: database },
      },
    })),
  },
})

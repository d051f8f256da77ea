import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Specs that run on SQLite alone, by the reason why no PostgreSQL can change their outcome. Every other spec runs on both
 * databases: transactions, locks, unique conflicts, search, sorting, retention, leases, outages, and a walk through each API.
 */
const sqliteAlone = {
  'transports, headers, documents and other versions of Node': [
    'cross-origin',
    'framework-headers',
    'http-connections',
    'metrics-off',
    'node-versions',
    'openapi',
    'peer-address',
    'run-contract',
  ],
  'limits and counters in the memory of the process': ['sign-in-limits', 'zitadel-sign-in-counted'],
  'the verdict on a token, or keys that are fetched: the engine and the network decide': [
    'infisical-login-jwks',
    'infisical-login-tokens',
    'key-source-trouble',
    'nativeframe-keys',
  ],
  'a body that is refused before anything is read or written': [
    'infisical-jwt-auth-input',
    'infisical-jwt-auth-keys',
    'nativeframe-input',
  ],
  'the shape of answers made from a trust that was read': [
    'infisical-wire-details',
    'nativeframe-wordless',
    'zitadel-wires',
    'zitadel-wordless',
  ],
  "the vendors' own clients and other transports, on operations whose own specs run on both": [
    'clients-infisical',
    'clients-terraform',
    'oauth-clients',
    'zitadel-client',
    'zitadel-grpc',
    'zitadel-terraform',
  ],
  'redirects and sealed state of a sign-in, whose rows zitadel-sign-in has on both': ['zitadel-sign-in-state'],
}

const excluded = {
  // SQLite is for one server; here several share a database.
  sqlite: ['two-processes'],
  postgresql: Object.values(sqliteAlone).flat(),
}
for (const name of [...excluded.sqlite, ...excluded.postgresql]) {
  if (!existsSync(fileOf(name)))
    throw new Error(`${fileOf(name)} does not exist: mend the list in e2e/vitest.config.ts.`)
}

/** The contract tests: the APIs as a stranger's client sees them, on a server that was really started, per database. */
export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    root,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    globalSetup: 'e2e/fixtures/shared-servers.ts',
    // A worker keeps its modules and its servers (e2e/apis/server.ts) from one file to the next.
    isolate: false,
    // On two cores vitest would otherwise run the files one by one.
    maxWorkers: 2,
    projects: (['sqlite', 'postgresql'] as const).map((database) => ({
      extends: true as const,
      test: {
        name: database,
        include: ['e2e/apis/**/*.{test,spec}.ts'],
        exclude: [...configDefaults.exclude, ...excluded[database].map((name) => `e2e/apis/${name}.spec.ts`)],
        env: { KEYBOUND_TEST_DATABASE: database },
      },
    })),
  },
})

function fileOf(name: string): string {
  return `${root}e2e/apis/${name}.spec.ts`
}

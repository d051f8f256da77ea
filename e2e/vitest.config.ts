import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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
    'logs',
    'metrics-off',
    'node-versions',
    'openapi',
    'peer-address',
    'run-contract',
    'traces',
  ],
  'limits and counters in the memory of the process': ['sign-in-limits', 'zitadel-sign-in-counted'],
  'the verdict on a token, or keys that are fetched: the engine and the network decide': [
    'infisical-login-jwks',
    'infisical-login-tokens',
    'key-source-trouble',
    'nativeframe-keys',
    'posture-analysis',
  ],
  'a body that is refused before anything is written': [
    'every-operation',
    'infisical-jwt-auth-input',
    'infisical-jwt-auth-keys',
    'nativeframe-input',
  ],
  'the shape of answers made from a trust that was read': [
    'admin-trust-rules',
    'infisical-wire-details',
    'nativeframe-unrepresentable',
    'zitadel-wires',
    'zitadel-unrepresentable',
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

/** Files that take longest, mostly waiting. They begin first, so that no worker is left alone with one of them at the end. */
const longest = [
  'two-processes',
  'node-versions',
  'streams',
  'workers',
  'posture',
  'stored-trouble',
  'concurrent-acts',
  'sign-in-limits',
  'nativeframe-keys',
  'every-operation',
  'every-operation-fuzzed',
  'key-sources',
  'peer-address',
]

const excluded = {
  // SQLite is for one server, and has no replicas.
  sqlite: ['two-processes', 'replica'],
  postgresql: Object.values(sqliteAlone).flat(),
}
for (const name of [...excluded.sqlite, ...excluded.postgresql, ...longest]) {
  if (!existsSync(fileOf(name)))
    throw new Error(`${fileOf(name)} does not exist: mend the list in e2e/vitest.config.ts.`)
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((name) => moduleId.endsWith(`/${name}.spec.ts`))
      return at === -1 ? longest.length : at
    }
    const sorted = await super.sort(files)
    // Project after project, as they were: a worker has its servers for one.
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap((one) =>
      sorted.filter(({ project }) => project === one).sort((first, second) => rank(first) - rank(second)),
    )
  }
}

/** The contract tests: the APIs as a stranger's client sees them, on a server that was really started, per database. */
export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    root,
    // Generous: a busy machine is no fault of the code.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 100_000 } },
    globalSetup: 'e2e/fixtures/shared-servers.ts',
    // A worker keeps its modules and its servers (e2e/apis/server.ts) from one file to the next.
    isolate: false,
    // A module that both projects load is transformed once.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    // On two cores vitest would otherwise run the files one by one.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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

import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const all = ['lib', 'components', 'scripts', 'e2e/peers'].flatMap(testsIn)
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Tests that need PostgreSQL share one server. */
const databases = all.filter((file) => /fixtures\/(?:postgresql|both-databases)/.test(textOf(file)))
/**
 * Settings, database client, counters, listeners of the process and mocked modules are kept per process, so files that bring one
 * of them into play get a process each.
 */
const bringsState =
  /vi\.(mock|resetModules)\(|\bprocess\.|fixtures\/(service|people)'|'@\/lib\/(db\/|env')|'(\.\.\/)+(installation|context)|survive-strays/
const stateful = all.filter(
  (file) =>
    !databases.includes(file) &&
    (textOf(file).includes('vi.mock(') || (/^lib\/(server|services)\//.test(file) && bringsState.test(textOf(file)))),
)
/** All others share module graphs: loading them is half the time. */
const stateless = all.filter((file) => !databases.includes(file) && !stateful.includes(file))

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    environment: 'node',
    // Generous: a busy machine is no fault of the code.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: process.env.PROPERTY_RUNS_FACTOR ? ['e2e/fixtures/more-property-runs.ts'] : [],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Vitest leaves one core idle, which on two cores means a single worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'stateless', include: stateless, isolate: false } },
      { extends: true, test: { name: 'stateful', include: stateful } },
      {
        extends: true,
        test: { name: 'databases', include: databases, globalSetup: 'e2e/fixtures/share-postgresql.ts' },
      },
    ],
  },
})

function testsIn(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => path.posix.join(folder, name))
}

import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const all = ['lib', 'components', 'scripts', 'e2e/peers'].flatMap(testsIn)
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

const usesDatabases = (file: string) => /fixtures\/(?:postgresql|both-databases)/.test(textOf(file))
/** Settings, database client, counters and listeners are kept per process (lib/per-process.ts). */
const bringsState =
  /\bprocess\.|fixtures\/(service|people)'|'@\/lib\/(db\/|env')|'(\.\.\/)+(installation|context)|survive-strays/
const hasState = (file: string) =>
  usesDatabases(file) || (/^lib\/(server|services|cli)\//.test(file) && bringsState.test(textOf(file)))
/** Files that replace modules, or whose subject is the process itself. */
const wantsProcess = (file: string) => /vi\.(mock|resetModules)\(|\bsurvive-strays\b/.test(textOf(file))
const setupFiles = process.env.PROPERTY_RUNS_FACTOR ? ['e2e/fixtures/more-property-runs.ts'] : []

type Project = { name: string; files: string[]; isolate?: boolean; setup?: string }
const shared = all.filter((file) => !wantsProcess(file))
/**
 * Loading modules takes longer than most tests, so files share processes; those with state forget it in between. Each project
 * transforms the modules that it loads, so there are few. `npm test` runs one PostgreSQL for all; a file that is run by
 * itself starts its own.
 */
const projects: Project[] = [
  { name: 'stateless', files: shared.filter((file) => !hasState(file)), isolate: false },
  { name: 'stateful', files: shared.filter(hasState), isolate: false, setup: 'e2e/fixtures/forget-process.ts' },
  { name: 'alone', files: all.filter(wantsProcess) },
]

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    environment: 'node',
    // Generous: a busy machine is no fault of the code.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 100_000 } },
    setupFiles,
    // A module that several projects load is transformed once.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Vitest leaves one core idle, which on two cores means a single worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: projects.map(({ name, files, isolate = true, setup }) => ({
      extends: true as const,
      test: { name, include: files, isolate, setupFiles: setup ? [...setupFiles, setup] : setupFiles },
    })),
  },
})

function testsIn(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => path.posix.join(folder, name))
}

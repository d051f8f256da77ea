import { defineConfig } from '@playwright/test'
import { chromiumArguments, chromiumPath } from './e2e/fixtures/chromium'
import type { Database } from './e2e/fixtures/keybound'

const executablePath = await chromiumPath()

export default defineConfig<object, { database: Database }>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Contract tests want no browser: vitest runs them (e2e/vitest.config.ts).
  testIgnore: ['apis/**', 'peers/**'],
  // Each waits for its page half of the time.
  workers: 2,
  forbidOnly: true,
  // Generous: a busy machine is no fault of the code.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    // Frames that are not looked at cost half of the time.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath, args: chromiumArguments },
  },
  projects: [
    // The contract tests run on both databases; in the browser one walk of each kind shows that nothing else differs. Begun
    // first and by one worker, so that it takes one server of its own.
    {
      name: 'postgresql',
      use: { database: 'postgresql' },
      testMatch: ['first-run', 'main-job', 'key-sources'].map((name) => `dashboard/${name}.spec.ts`),
      workers: 1,
    },
    { name: 'sqlite', use: { database: 'sqlite' } },
  ],
})

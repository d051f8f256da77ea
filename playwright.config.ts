import { defineConfig } from '@playwright/test'
import { chromiumArguments, chromiumPath } from './e2e/fixtures/chromium'
import type { Database } from './e2e/fixtures/keybound'

const executablePath = await chromiumPath()

export default defineConfig<object, { database: Database }>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Contract tests want no browser: vitest runs them (e2e/vitest.config.ts).
  testIgnore: ['apis/**', 'peers/**'],
  workers: 2,
  forbidOnly: true,
  // Generous: a busy machine is no fault of the code.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: chromiumArguments },
  },
  projects: [
    { name: 'sqlite', use: { database: 'sqlite' } },
    // What only the browser can show is the same on any database; the flows through the API run on both.
    {
      name: 'postgresql',
      use: { database: 'postgresql' },
      testIgnore: [
        'apis/**',
        'peers/**',
        ...['axe', 'keyboard', 'privacy', 'test-issuer'].map((name) => `dashboard/${name}.spec.ts`),
        'engine-parity.spec.ts',
      ],
    },
  ],
})

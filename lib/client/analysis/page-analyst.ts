import { createAnalyst } from './analyst'

/** One worker for all pages, which keeps what it has loaded. */
export const analyst = createAnalyst(
  () => new Worker(new URL('./analysis-worker.ts', import.meta.url), { name: 'analysis', type: 'module' }),
)

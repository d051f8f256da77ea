import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Run } from '../bench'
import { barChart } from './bar-chart'
import { chartsOf } from './charts'
import { markdown } from './markdown'
import { mergedRuns } from './merged-runs'

/** Writes docs/performance.md and its plots from a run, or from several that each measured a part. */
export function writeReport(runs: readonly Run[]): void {
  const folder = 'docs/performance'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const charts = chartsOf(mergedRuns(runs))
  for (const [name, chart] of Object.entries(charts)) {
    writeFileSync(path.join(folder, `${name}.svg`), barChart(chart))
  }
  writeFileSync('docs/performance.md', markdown(runs, charts))
  console.log('Written to docs/performance.md')
}

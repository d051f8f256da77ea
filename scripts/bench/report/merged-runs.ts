import type { Run } from '../bench'

/** Several runs as one, for a page: of what more than one of them measured, the last is kept. @param runs at least one, in their order */
export function mergedRuns(runs: readonly Run[]): Run {
  const [first] = runs
  if (!first) throw new TypeError('There is no run.')
  const rows = runs.flatMap((run) =>
    run.rows.map((row) => ({ row, by: `${row.group} ${row.subject} ${row.name} ${row.connections}` })),
  )
  const figures = runs.flatMap((run) => run.figures.map((figure) => ({ figure, by: `${figure.group} ${figure.name}` })))
  return {
    ...first,
    size: runs.some(({ size }) => size === 'quick') ? 'quick' : 'full',
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    rows: [...new Map(rows.map(({ row, by }) => [by, row])).values()],
    figures: [...new Map(figures.map(({ figure, by }) => [by, figure])).values()],
    failed: runs.flatMap(({ failed }) => failed),
  }
}

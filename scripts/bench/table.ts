import type { Figure } from './bench'
import type { Row } from './measure'

type Column = { title: string; width: number; of: (row: Row) => string }

const columns: Column[] = [
  { title: 'req/s', width: 8, of: ({ requestsPerSecond }) => shown(requestsPerSecond) },
  { title: 'of bare', width: 8, of: ({ ratio }) => (ratio === null ? '' : ratio.toFixed(3)) },
  { title: 'p50 ms', width: 8, of: ({ p50Ms }) => shown(p50Ms) },
  { title: 'p99 ms', width: 8, of: ({ p99Ms }) => shown(p99Ms) },
  { title: 'CPU ms', width: 8, of: ({ serverCpuMs }) => shown(serverCpuMs) },
  { title: 'DB ms', width: 8, of: ({ databaseCpuMs }) => shown(databaseCpuMs) },
  { title: 'bare ms', width: 8, of: ({ bareCpuMs }) => shown(bareCpuMs) },
  {
    title: 'RSS MB',
    width: 7,
    of: ({ rssBytes }) => (rssBytes === null ? '' : String(Math.round(rssBytes / 2 ** 20))),
  },
  { title: 'KB', width: 8, of: ({ bytes }) => shown(bytes / 1024) },
  { title: 'errors', width: 7, of: ({ errors }) => String(errors) },
]

/** The first columns say which row it is. */
const titleWidth = 74

export const tableHead = () =>
  `${''.padEnd(titleWidth)}${columns.map(({ title, width }) => title.padStart(width)).join('')}`

/** One row as a line of text, and another line where something is wrong. */
export function tableLine(row: Row): string {
  const connections = `${row.connections} conn.`
  const title = `${row.subject}: ${row.name}`.slice(0, titleWidth - 10).padEnd(titleWidth - 9) + connections.padStart(8)
  const line = `${title} ${columns.map(({ of, width }) => of(row).padStart(width)).join('')}`
  return row.problem ? `${line}\n    ${row.problem}` : line
}

export const figureLine = ({ group, name, value, unit }: Figure) =>
  `${`${group}: ${name}`.padEnd(titleWidth)}${shown(value).padStart(8)} ${unit}`

/** Three significant digits or so. */
export function shown(value: number | null): string {
  if (value === null || Number.isNaN(value)) return ''
  if (value >= 100) return value.toFixed(0)
  if (value >= 10) return value.toFixed(1)
  return value >= 1 ? value.toFixed(2) : value.toFixed(3)
}

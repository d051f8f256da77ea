import type { Run } from '../bench'
import type { Row } from '../measure'
import type { Bar, Chart } from './bar-chart'
import { listAt, listNames, listSizes } from './lists'

/** The plots of a run by the names of their files; what was not measured has none. */
export function chartsOf({ rows, figures }: Run): Record<string, Chart> {
  const logins = rows.filter(({ group, connections }) => group === 'login' && connections === 50)
  const pages = figures.filter(({ group }) => group === 'pages')
  const all: Record<string, Chart> = {
    'login-throughput': {
      ...{ title: 'Logins a second, bare server = 1 (50 connections)', unit: '', series: [''] },
      bars: [
        ...(logins.length > 0 ? [{ label: 'node:http and jose alone', parts: [{ series: 0, value: 1 }] }] : []),
        ...logins.map((row): Bar => ({ label: labelOf(row), parts: [{ series: 0, value: row.ratio ?? 0 }] })),
      ],
    },
    'login-cpu': {
      ...{ title: 'CPU of a login (50 connections)', unit: 'ms', series: ['server', 'database'] },
      bars: logins.flatMap((row): Bar[] =>
        row.serverCpuMs === null ? [] : [{ label: labelOf(row), parts: cpuParts(row) }],
      ),
    },
    ...listCharts(rows),
    pages: {
      ...{ title: 'JavaScript of a page, compressed', unit: 'KB', series: [''] },
      bars: pages.map(({ name, value }) => ({ label: name, parts: [{ series: 0, value }] })),
    },
  }
  return Object.fromEntries(Object.entries(all).filter(([, { bars }]) => bars.length > 0))
}

/** One for each database: the bars of a list are its sizes. */
function listCharts(rows: Row[]): Record<string, Chart> {
  const lists = rows.filter(({ group }) => group === 'lists')
  const sizes = listSizes(lists)
  const subjects = [...new Set(lists.map(({ subject }) => subject))]
  return Object.fromEntries(
    subjects.map((subject) => {
      const bars = listNames(lists).flatMap((name) =>
        sizes.flatMap((size, at): Bar[] => {
          const row = listAt(lists, subject, name, size)
          return row ? [{ label: name, parts: [{ series: sizes.length - 1 - at, value: row.p50Ms }] }] : []
        }),
      )
      const series = sizes.map((_, at) => `${sizes[sizes.length - 1 - at]} decisions`)
      const file = `lists-${subject.split(', ')[1]?.toLowerCase() ?? 'server'}`
      return [file, { title: `${subject}: a page of a list, median`, unit: 'ms', series, bars }]
    }),
  )
}

const labelOf = ({ subject, name }: Row) => `${subject.replace('Keybound, ', '')}: ${name}`

const cpuParts = ({ serverCpuMs, databaseCpuMs }: Row) => [
  { series: 0, value: serverCpuMs ?? 0 },
  ...(databaseCpuMs === null ? [] : [{ series: 1, value: databaseCpuMs }]),
]

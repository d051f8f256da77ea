import type { Run } from '../bench'
import type { Row } from '../measure'
import { shown } from '../table'
import type { Chart } from './bar-chart'
import { listAt, listNames, listSizes } from './lists'
import { mergedRuns } from './merged-runs'

/** The page of a run, or of several that each measured a part. @param charts by the name of their file in docs/performance */
export function markdown(runs: readonly Run[], charts: Record<string, Chart>): string {
  const run = mergedRuns(runs)
  const picture = (name: string) => {
    const chart = charts[name]
    return chart ? [`![${chart.title}](performance/${name}.svg)`, ''] : []
  }
  const sections = [
    section('Logins', loginText(run.tokens), [
      ...picture('login-throughput'),
      ...picture('login-cpu'),
      ...requests(run, 'login'),
      ...after(figures(run, 'login')),
    ]),
    section('Refused logins', refusedText, requests(run, 'refused')),
    section('Access tokens', tokensText, requests(run, 'tokens')),
    section('Lists', listsText, [
      ...picture('lists-sqlite'),
      ...picture('lists-postgresql'),
      ...lists(run),
      ...after(figures(run, 'lists')),
    ]),
    section('The engine alone', engineText, figures(run, 'engine')),
    section('Start', startText, figures(run, 'start')),
    section('JavaScript', pagesText, [...picture('pages')]),
  ]
  return `${[...head(runs), ...sections.flat()].join('\n').trim()}\n`
}

function head(runs: readonly Run[]): string[] {
  const several =
    runs.length > 1 ? ['', 'Each of these runs measured a part; of a case in several of them, the last is shown.'] : []
  return [
    ...['# Performance', ''],
    ...['Written by `npm run bench`, which measures everything side by side on one machine, over loopback.', ''],
    ...runs.map((run) => `${runs.length > 1 ? '- ' : ''}${about(run)}`),
    ...[...several, '', ...howToRead.split('\n'), ''],
  ]
}

function about({ at, size, machine, load, seconds }: Run): string {
  const averages = (all: number[]) => all.map((value) => value.toFixed(1)).join(', ')
  const short = size === 'quick' ? ' This was a short run (`--quick`), good for orders of magnitude only.' : ''
  return `${at.slice(0, 10)}, Node ${machine.node.slice(1)}, ${machine.cores} × ${machine.cpu}; ${Math.round(seconds / 60)} minutes, load average ${averages(load.before)} before and ${averages(load.after)} after.${short}`
}

const howToRead = `Figures of two runs or two machines cannot be compared; ratios of one run can. **Of bare** is the throughput as a share of a server
of \`node:http\` and jose that verifies the same tokens (RS256), signs others (ES256) and does nothing else: no lookup, no rules, no
database. It is measured in turns with each case, with as many connections. Load is made by another process on the same machine, each
connection sending its next request when it has the answer to the last. **CPU** is that of the server's processes per request, and
**DB** that of PostgreSQL's; SQLite is part of the server. A run fails if any request does.`

const loginText = (
  tokens: number,
) => `${tokens} tokens take turns. Each login is judged by four rules, gets an access token, and is committed to the disk with its decision before it is
answered (the run counts the rows). oidc-provider (\`client_credentials\`, \`private_key_jwt\`) keeps everything in memory. “× 2”: two servers on one database.`
const refusedText = 'Each comes from another address. Refused logins are stored, too.'
const tokensText = 'With 200 access tokens in turn.'
const listsText = `Asked for by one person in a database that \`npm run seed\` filled; it has a tenth as many identities, with a trust each, as decisions. Median milliseconds, and CPU of
server and database together.`
const engineText = 'Of one token (RS256, 2048 bits), keys held.'
const startText = 'On a database that is there already.'
const pagesText = 'Scripts that the HTML of a page names.'

const after = (lines: string[]) => (lines.length === 0 ? [] : ['', ...lines])

/** Nothing where nothing was measured. */
const section = (title: string, text: string, body: string[]) =>
  body.length === 0 ? [] : [`## ${title}`, '', ...text.split('\n'), '', ...body, '']

function requests({ rows }: Run, group: string): string[] {
  const cells = ({ subject, name, connections, ...row }: Row) => [
    ...[`${subject}: ${name}`, String(connections), shown(row.requestsPerSecond), row.ratio?.toFixed(3) ?? ''],
    ...[shown(row.p50Ms), shown(row.p99Ms), shown(row.serverCpuMs), shown(row.databaseCpuMs), shown(row.bareCpuMs)],
    row.rssBytes === null ? '' : String(Math.round(row.rssBytes / 2 ** 20)),
  ]
  const names = ['', 'conn.', 'req/s', 'of bare', 'p50 ms', 'p99 ms', 'CPU ms', 'DB ms', 'bare CPU ms', 'RSS MB']
  return table(names, rows.filter((row) => row.group === group).map(cells))
}

function lists({ rows }: Run): string[] {
  const all = rows.filter(({ group }) => group === 'lists')
  const sizes = listSizes(all)
  const subjects = [...new Set(all.map(({ subject }) => subject))]
  const cell = (subject: string, name: string, size: string) => {
    const row = listAt(all, subject, name, size)
    if (!row) return ''
    const cpu = row.serverCpuMs === null ? '' : ` (${shown(row.serverCpuMs + (row.databaseCpuMs ?? 0))})`
    return `${shown(row.p50Ms)}${cpu}`
  }
  const columns = subjects.flatMap((subject) => sizes.map((size) => ({ subject, size })))
  return table(
    ['', ...columns.map(({ subject, size }) => `${subject.split(', ')[1] ?? subject}, ${size}`)],
    listNames(all).map((name) => [name, ...columns.map(({ subject, size }) => cell(subject, name, size))]),
  )
}

const figures = ({ figures }: Run, group: string) =>
  table(
    ['', ''],
    figures.flatMap((one) => (one.group === group ? [[one.name, `${shown(one.value)} ${one.unit}`]] : [])),
  )

function table(names: string[], rows: string[][]): string[] {
  if (rows.length === 0) return []
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(names), line(names.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)]
}

import { expect, test } from 'vitest'
import type { Run } from '../bench'
import type { Row } from '../measure'
import { barChart } from './bar-chart'
import { chartsOf } from './charts'
import { markdown } from './markdown'

const row: Row = {
  ...{ group: 'login', subject: 'Keybound, SQLite', name: 'static keys, 1 identity', connections: 50, requests: 900 },
  ...{ requestsPerSecond: 300, p50Ms: 12.3, p99Ms: 45.6, serverCpuMs: 0.4, databaseCpuMs: 0.1, rssBytes: 2 ** 28 },
  ...{ errors: 0, problem: null, ratio: 0.25, bareRequestsPerSecond: 1_200, bareCpuMs: 0.2, bytes: 700 },
}
const run: Run = {
  at: '2026-11-29T03:00:00.000Z',
  size: 'full',
  machine: { node: 'v20.20.2', cpu: 'EPYC', cores: 2 },
  load: { before: [0.1, 0, 0], after: [2, 1.5, 1] },
  ...{ seconds: 1_800, tokens: 60_000, failed: [] },
  rows: [row, { ...row, group: 'lists', name: 'overview (10 k)' }, { ...row, group: 'lists', name: 'overview (1 M)' }],
  figures: [{ group: 'start', name: 'SQLite: first login', value: 48, unit: 'ms' }],
}

test('bars are as long as their values, the longest as long as there is space', () => {
  const svg = barChart({
    ...{ title: 'A', unit: 'ms', series: ['server', 'database'] },
    bars: [
      {
        label: 'a',
        parts: [
          { series: 0, value: 30 },
          { series: 1, value: 10 },
        ],
      },
      { label: 'b', parts: [{ series: 0, value: 20 }] },
    ],
  })
  const widths = [...svg.matchAll(/<rect class="s\d" x="[\d.]+" y="\d+" width="([\d.]+)" height="14"/g)]
  expect(widths.map(([, width]) => Number(width))).toEqual([285, 95, 190])
  expect(svg).toContain('>40 ms</text>')
  expect(svg).toContain('prefers-color-scheme:dark')
})

test('no text can end the element that holds it', () => {
  const svg = barChart({ title: '"<a> & b', unit: '', series: [''], bars: [{ label: '</text>', parts: [] }] })
  expect(svg).not.toMatch(/<a>|<\/text><\/text>|& /)
})

test('a group of bars with one label is labelled once', () => {
  const bar = { label: 'overview', parts: [{ series: 0, value: 1 }] }
  const svg = barChart({ title: '', unit: '', series: [''], bars: [bar, bar] })
  expect(svg.match(/>overview</g)).toHaveLength(1)
})

test('the page has a section for what was measured, and no other', () => {
  const text = markdown([run], chartsOf(run))
  expect(text.match(/^## .*/gm)).toEqual(['## Logins', '## Lists', '## Start'])
  expect(text).toContain(
    '| Keybound, SQLite: static keys, 1 identity | 50 | 300 | 0.250 | 12.3 | 45.6 | 0.400 | 0.100 | 0.200 | 256 |',
  )
  expect(text).toContain('| overview | 12.3 (0.500) | 12.3 (0.500) |')
  expect(text).toContain('| SQLite: first login | 48.0 ms |')
})

test('every plot that the page shows is written, and every plot that is written is shown', () => {
  const charts = chartsOf(run)
  const shown = [...markdown([run], charts).matchAll(/\(performance\/(.*)\.svg\)/g)].map(([, name]) => name)
  expect(shown.sort()).toEqual(Object.keys(charts).sort())
})

test('a list of several sizes has a bar for each, and its size in the legend', () => {
  const { 'lists-sqlite': chart } = chartsOf(run)
  expect(chart?.series).toEqual(['1 M decisions', '10 k decisions'])
  expect(chart?.bars.map(({ parts }) => parts[0]?.series)).toEqual([1, 0])
})

test('of a case that several runs measured, the last is on the page, which names each run', () => {
  const later = { ...run, at: '2026-11-30T03:00:00.000Z', rows: [{ ...row, p50Ms: 9.87 }], figures: [] }
  const text = markdown([run, later], chartsOf(run))
  expect(text.match(/^- 2026-11-(29|30), Node 20\.20\.2/gm)).toHaveLength(2)
  expect(text).toContain('| Keybound, SQLite: static keys, 1 identity | 50 | 300 | 0.250 | 9.87 |')
  expect(text.match(/static keys, 1 identity/g)).toHaveLength(1)
  expect(text.match(/^## .*/gm)).toEqual(['## Logins', '## Lists', '## Start'])
})

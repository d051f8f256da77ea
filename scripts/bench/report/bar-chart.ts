/** A bar, made of parts that are laid end to end; `series` says which colour a part has. */
export type Bar = { label: string; parts: { series: number; value: number }[] }

export type Chart = {
  title: string
  /** What is written behind a bar, after its number. */
  unit: string
  /** Names of the colours; no legend with one alone. */
  series: string[]
  bars: Bar[]
}

const [width, labelWidth, valueWidth] = [800, 330, 90]
const [titleHeight, legendHeight, barHeight, gap] = [34, 24, 14, 6]
const maxWidth = width - labelWidth - valueWidth

/** Draws horizontal bars as SVG text, readable on light and dark pages. */
export function barChart({ title, unit, series, bars }: Chart): string {
  const most = Math.max(...bars.map(totalOf), 0) || 1
  const top = titleHeight + (series.length > 1 ? legendHeight : 0)
  const height = top + bars.length * (barHeight + gap) + gap
  const legend = series.length > 1 ? series.map(legendEntry) : []
  const rows = bars.map((bar, at) => barRow(bar, at, { bars, top, most, unit }))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style>`,
    `<text class="title" x="0" y="20">${escaped(title)}</text>`,
    ...legend,
    ...rows.flat(),
    '</svg>\n',
  ].join('\n')
}

function barRow(
  { label, parts }: Bar,
  at: number,
  { bars, top, most, unit }: Pick<Chart, 'bars' | 'unit'> & { top: number; most: number },
) {
  const y = top + at * (barHeight + gap)
  const base = y + barHeight - 3
  let x = labelWidth
  const rects = parts.map(({ series, value }) => {
    const length = Math.max(value > 0 ? 1 : 0, (value / most) * maxWidth)
    const rect = `<rect class="s${series}" x="${number(x)}" y="${y}" width="${number(length)}" height="${barHeight}" rx="2"/>`
    x += length
    return rect
  })
  // A group of bars is labelled once.
  const isRepeated = bars[at - 1]?.label === label
  const name = isRepeated ? [] : [`<text x="${labelWidth - 8}" y="${base}" text-anchor="end">${escaped(label)}</text>`]
  const value = `<text x="${number(x + 6)}" y="${base}">${escaped(`${shown(totalOf({ label, parts }))} ${unit}`.trim())}</text>`
  return [...name, ...rects, value]
}

function legendEntry(name: string, at: number): string {
  const x = labelWidth + at * 150
  return `<rect class="s${at}" x="${x}" y="${titleHeight - 4}" width="10" height="10" rx="2"/><text x="${x + 16}" y="${titleHeight + 5}">${escaped(name)}</text>`
}

const totalOf = ({ parts }: Bar) => parts.reduce((sum, { value }) => sum + value, 0)

/** Three significant digits, without an exponent. */
const shown = (value: number) => (value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))))

const number = (value: number) => value.toFixed(1)

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style = [
  'text{font:12px system-ui,sans-serif;fill:#334155}.title{font-weight:600;font-size:14px;fill:#0f172a}',
  '.s0{fill:#2563eb}.s1{fill:#f59e0b}.s2{fill:#94a3b8}',
  '@media (prefers-color-scheme:dark){text{fill:#cbd5e1}.title{fill:#f1f5f9}.s0{fill:#60a5fa}.s1{fill:#fbbf24}.s2{fill:#64748b}}',
].join('')

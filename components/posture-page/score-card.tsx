import { SeverityChip } from '@/components/posture/severity-chip'
import { Card } from '@/components/ui/card'
import type { Posture } from '@/lib/client/posture'
import { scoreChange, trendLines } from './score-trend'

const size = { width: 240, height: 48 }

/** The organization's score, what caps it, and how it went. */
export function ScoreCard({ posture: { score, worst, trend } }: { posture: Posture }) {
  const change = scoreChange(trend)
  const lines = trendLines(trend, size)
  return (
    <Card className="flex flex-wrap items-center gap-x-8 gap-y-4 px-4 py-3">
      <div className="grid gap-0.5">
        <h2 className="text-compact text-muted-foreground">Score</h2>
        <p className="flex items-baseline gap-1.5">
          <span className="font-semibold text-3xl tabular-nums tracking-tight">{score ?? '–'}</span>
          {score !== null && <span className="text-muted-foreground">of 100</span>}
        </p>
      </div>
      <div className="grid min-w-48 flex-1 gap-1">
        <p className="flex flex-wrap items-center gap-2">
          {score !== null && <SeverityChip severity={worst} />}
          <span className="text-compact text-muted-foreground">{ceilingWords(score, worst)}</span>
        </p>
      </div>
      {lines.length > 0 && (
        <figure className="grid gap-1">
          <svg
            role="img"
            aria-label={trendWords(trend.length, change)}
            viewBox={`0 -2 ${size.width} ${size.height + 4}`}
            preserveAspectRatio="none"
            className="h-12 w-60 max-w-full border-b"
          >
            {lines.map((points) => (
              <polyline
                key={points}
                points={points.includes(' ') ? points : `${points} ${points}`}
                fill="none"
                strokeWidth="2"
                strokeLinecap="round"
                vectorEffect="non-scaling-stroke"
                className="stroke-accent"
              />
            ))}
          </svg>
          <figcaption className="text-muted-foreground text-xs">{trendWords(trend.length, change)}</figcaption>
          <ScoreTable days={trend} />
        </figure>
      )}
    </Card>
  )
}

/** The numbers of the line, newest first. */
const ScoreTable = ({ days }: { days: Posture['trend'] }) => (
  <details className="text-compact print:hidden">
    <summary className="w-fit rounded-sm text-muted-foreground hover:text-foreground">Show the numbers</summary>
    <section
      aria-label="Score by day"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="mt-1 max-h-60 overflow-y-auto rounded-md border"
    >
      <table className="w-full text-left">
        <thead className="bg-muted text-muted-foreground">
          <tr>
            <th scope="col" className="h-7 px-2 font-medium">
              Day (UTC)
            </th>
            <th scope="col" className="h-7 px-2 text-right font-medium">
              Score
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {days.toReversed().map(({ day, score }) => (
            <tr key={day}>
              <td className="px-2 py-1 font-mono">{day}</td>
              <td className="px-2 py-1 text-right tabular-nums">{score ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
)

function ceilingWords(score: number | null, worst: Posture['worst']): string {
  if (score === null) return 'There is no enabled trust to judge.'
  if (worst === null) return 'Nothing is found in any enabled trust.'
  return 'The worst finding caps the score, whatever the others are.'
}

function trendWords(days: number, change: number | null): string {
  const span = days === 1 ? 'Today' : `Last ${days} days`
  if (change === null) return span
  return change === 0 ? `${span}: unchanged` : `${span}: ${change > 0 ? '+' : '−'}${Math.abs(change)}`
}

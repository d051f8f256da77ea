import { severityWord } from '@/components/posture/severity-chip'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import type { Posture } from '@/lib/client/posture'
import { type Severity, severities } from '@/lib/trust/posture/finding'

/** Findings by severity, each a filter of the list of trusts. */
export function SeverityTiles({
  counts,
  chosen,
  onChoose,
}: {
  counts: Posture['counts']
  chosen: Severity | undefined
  onChoose: (severity: Severity | null) => void
}) {
  return (
    <Card>
      <ul aria-label="Findings by severity" className="grid grid-cols-5 divide-x">
        {severities.map((severity) => (
          <li key={severity} className="min-w-0">
            <button
              type="button"
              aria-pressed={chosen === severity}
              onClick={() => onChoose(chosen === severity ? null : severity)}
              className={cn(
                'grid w-full justify-items-start gap-0.5 px-4 py-2.5 text-left max-sm:px-2 hover:bg-muted focus-visible:-outline-offset-2',
                chosen === severity && 'bg-accent-subtle',
              )}
            >
              <span className={cn('text-compact max-sm:text-xs', inks[severity] ?? 'text-muted-foreground')}>
                {severityWord(severity)}
              </span>
              <span className="font-semibold text-lg tabular-nums">{(counts[severity] ?? 0).toLocaleString('en')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const inks: Partial<Record<Severity, string>> = {
  critical: 'text-refused font-medium',
  high: 'text-attention font-medium',
  medium: 'text-attention',
}

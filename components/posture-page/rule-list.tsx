import { ruleHref } from '@/components/posture/posture-words'
import { SeverityChip } from '@/components/posture/severity-chip'
import { counted } from '@/components/ui/counted'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { Posture } from '@/lib/client/posture'

/** Rules that find something, worst first, with the number of trusts. */
export function RuleList({ rules }: { rules: Posture['rules'] }) {
  const found = rules.filter(({ trusts, muted }) => trusts + muted > 0)
  if (found.length === 0) return <p className="px-4 py-6 text-center text-muted-foreground">No rule finds anything.</p>
  return (
    <ul data-in-columns className="divide-y print:divide-y-0">
      {found.map(({ id, title, severity, trusts, muted }) => (
        <li key={id}>
          <Link
            href={ruleHref(id)}
            className="flex items-center gap-3 px-4 py-2 text-compact print:py-0.5 hover:bg-muted focus-visible:-outline-offset-2"
          >
            <span className="flex w-20 shrink-0">
              <SeverityChip severity={severity} />
            </span>
            <span className="min-w-0 flex-1">{shownText(title)}</span>
            <span className="shrink-0 text-right text-muted-foreground tabular-nums">
              {counted(trusts, 'trust')}
              {muted > 0 && <span className="block text-xs">{muted} muted</span>}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

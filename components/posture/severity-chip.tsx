import { CircleAlert, Info, type LucideIcon, OctagonAlert, ShieldCheck, TriangleAlert } from 'lucide-react'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { Severity } from '@/lib/trust/posture/finding'

const looks: Record<Severity, { tone: BadgeTone; icon: LucideIcon; word: string }> = {
  critical: { tone: 'refused', icon: OctagonAlert, word: 'Critical' },
  high: { tone: 'attention', icon: TriangleAlert, word: 'High' },
  medium: { tone: 'attention', icon: CircleAlert, word: 'Medium' },
  low: { tone: 'neutral', icon: CircleAlert, word: 'Low' },
  info: { tone: 'neutral', icon: Info, word: 'Note' },
}

export const severityWord = (severity: Severity): string => looks[severity].word

/** Severity of a finding, as icon and word; null = nothing is found. */
export function SeverityChip({ severity, className }: { severity: Severity | null; className?: string }) {
  if (severity === null) {
    return (
      <Badge tone="accepted" icon={ShieldCheck} className={className}>
        No findings
      </Badge>
    )
  }
  const { tone, icon, word } = looks[severity]
  return (
    <Badge tone={tone} icon={icon} className={className}>
      {word}
    </Badge>
  )
}

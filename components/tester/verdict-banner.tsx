'use client'

import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { Caution } from '@/components/posture/caution'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { verdictWords } from './verdict-words'

const looks = {
  accepted: { icon: CircleCheck, box: 'border-accepted-border bg-accepted-subtle', ink: 'text-accepted' },
  refused: { icon: CircleX, box: 'border-refused-border bg-refused-subtle', ink: 'text-refused' },
  attention: { icon: TriangleAlert, box: 'border-attention-border bg-attention-subtle', ink: 'text-attention' },
}

/** Verdict in one line, announced on change. Always rendered, so that screen readers observe it from the start. */
export function VerdictBanner({
  verdict,
  leftOut = [],
  isPending = false,
  caution = null,
}: {
  verdict: Verdict | null
  /** Labels of invalid fields, which the verdict leaves out. */
  leftOut?: readonly string[]
  isPending?: boolean
  /** What to say beside an accepted token: the trust accepts others, too. */
  caution?: Caution | null
}) {
  const words = verdict && verdictWords(verdict, { leftOut: leftOut.length, isPending, caution })
  const look = words && looks[words.tone]
  return (
    <div role="status" aria-label="Verdict" data-accepted={verdict?.accepted} data-decisive={verdict?.decisive?.id}>
      {words && look && (
        <div className={cn('flex items-start gap-2.5 rounded-md border px-3 py-2.5', look.box)}>
          <look.icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', look.ink)} />
          <div className="grid min-w-0 flex-1 gap-0.5">
            <p className={cn('font-medium', look.ink)}>{words.title}</p>
            <p className="break-words text-compact">{shownText(words.detail)}</p>
            {leftOut.length > 0 && (
              <p className="text-compact">Ignored until corrected: {[...new Set(leftOut)].join(', ')}.</p>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

import { SeverityChip } from '@/components/posture/severity-chip'
import { Button } from '@/components/ui/button'
import type { AnalysisAnswer } from '@/lib/model/posture'
import { judgementWords } from './judgement-panel'

/** The findings in a line, where the pane that lists them is behind a tab. */
export function JudgementNotice({ analysis, onShow }: { analysis: AnalysisAnswer; onShow: () => void }) {
  if (analysis.findings.length === 0 && analysis.strangers.every(({ admitted }) => !admitted)) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-surface px-4 py-2 text-compact lg:hidden">
      <SeverityChip severity={analysis.worst} />
      <span className="min-w-0 flex-1">{judgementWords(analysis)}</span>
      <Button variant="link" size="sm" onClick={onShow}>
        Show
      </Button>
    </div>
  )
}

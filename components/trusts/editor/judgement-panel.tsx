'use client'

import { useEffect } from 'react'
import { admittedOf, findingWords, strangerWords } from '@/components/posture/posture-words'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import type { Answer } from '@/lib/client/analysis/use-answer'
import type { AnalysisAnswer } from '@/lib/model/posture'
import type { JudgementActs } from './judged-findings'

// Loaded beside the analysis, which takes longer.
const JudgedFindings = onDemand(() => import('./judged-findings').then((module) => module.JudgedFindings))

/** What is found in the draft, and which strangers it lets in. */
export function JudgementPanel({ judgement, acts }: { judgement: Answer<'analyse'>; acts: JudgementActs }) {
  const { answer, error } = judgement
  useEffect(JudgedFindings.preload, [])
  if (error) {
    return (
      <div className="px-4 pb-4">
        <Callout tone="attention" title="The findings are not available">
          {shownText(error.message)}
        </Callout>
      </div>
    )
  }
  return (
    <section aria-label="Findings" className="border-t">
      <p role="status" aria-label="Findings of the draft" className="sr-only">
        {answer ? judgementWords(answer) : ''}
      </p>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
        <h3 className="font-medium">{answer ? findingWords(openOf(answer).length) : 'Judging the draft …'}</h3>
        {answer?.preset && (
          <Badge icon={null}>
            {shownText(answer.preset.title)}
            {!answer.preset.verified && ' · facts not verified'}
          </Badge>
        )}
      </header>
      {answer ? (
        <JudgedFindings analysis={answer} isCurrent={judgement.isCurrent} acts={acts} />
      ) : (
        <div aria-busy className="grid gap-2 px-4 pb-4">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      )}
    </section>
  )
}

const openOf = ({ findings }: AnalysisAnswer) => findings.filter(({ mute }) => !mute)

/** "3 findings · 5 of 14 strangers get in". */
export const judgementWords = (analysis: AnalysisAnswer): string =>
  [findingWords(openOf(analysis).length), strangerWords(admittedOf(analysis.strangers))].filter(Boolean).join(' · ')

'use client'

import { FindingRow } from '@/components/posture/finding-row'
import { RelationBadge, relationSentences } from '@/components/posture/relation-badge'
import { Shown } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { type PublishedTrust, useComparison } from '@/lib/client/trust-versions'

/** What a change does to what a trust accepts, field by field, and the findings that come and go with it. */
export function ComparisonView({ before, after }: { before: PublishedTrust; after: PublishedTrust }) {
  const { data, error } = useComparison(before, after)
  if (error)
    return (
      <p className="p-4 text-muted-foreground">
        These states cannot be compared, because they are not complete trusts.
      </p>
    )
  if (!data) return <Skeleton className="m-4 h-24" />
  const changed = data.dimensions.filter(({ relation }) => relation !== 'equal')
  return (
    <div className="grid gap-3 py-3">
      <p className="flex flex-wrap items-center gap-2 px-4">
        <RelationBadge relation={data.relation} />
        {relationSentences[data.relation]}
      </p>
      {changed.length > 0 && (
        <ul className="grid gap-1 px-4 text-compact">
          {changed.map(({ id, relation }) => (
            <li key={id} className="flex items-center gap-2">
              <code>
                <Shown text={id.replace(/^rules\./, 'claim ')} />
              </code>
              <RelationBadge relation={relation} />
            </li>
          ))}
        </ul>
      )}
      <Findings title="Found only after" findings={data.raised} />
      <Findings title="Found only before" findings={data.removed} />
    </div>
  )
}

function Findings({ title, findings }: { title: string; findings: Parameters<typeof FindingRow>[0]['finding'][] }) {
  if (findings.length === 0) return null
  return (
    <section>
      <h3 className="px-4 font-medium text-compact text-muted-foreground">{title}</h3>
      <ul>
        {findings.map((finding, at) => (
          <FindingRow key={`${finding.id} ${at}`} finding={finding} />
        ))}
      </ul>
    </section>
  )
}

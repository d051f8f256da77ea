'use client'

import { SearchX, ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { severityWord } from '@/components/posture/severity-chip'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { onDemand } from '@/components/ui/on-demand'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { usePosture } from '@/lib/client/posture'
import { toQueryString } from '@/lib/client/query-string'
import { trustHref } from '@/lib/client/trust-href'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { methodName } from '@/lib/client/words'
import { kindNames } from '@/lib/trust/kinds/outline'
import { severities } from '@/lib/trust/posture/finding'
import { postureColumns } from './posture-columns'
import { postureParameters, toPostureFilter } from './posture-filter'
import { RuleList } from './rule-list'
import { SeverityTiles } from './severity-tiles'

// Loaded beside the posture.
const ScoreCard = onDemand(
  () => import('./score-card').then((module) => module.ScoreCard),
  <Skeleton className="h-20" />,
)
// Loaded when a trust is opened.
const TrustDetail = onDemand(() => import('./trust-detail').then((module) => module.TrustDetail))

/** Score, findings by severity and by rule, and the trusts, worst first; filtered by the URL. */
export function PostureOverview() {
  useEffect(ScoreCard.preload, [])
  const url = useUrlParameters()
  const filter = toPostureFilter(url.get)
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = usePosture(filter)
  const clear = () => url.set(Object.fromEntries(postureParameters.map((name) => [name, null])))
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  const openId = url.get('trust')
  const listed = data?.trusts.find(({ id }) => id === openId)
  const [seen, setSeen] = useState(listed)
  if (listed && listed !== seen) setSeen(listed)
  // A mute may take the trust out of a filtered list while it is open.
  const open = seen?.id === openId ? seen : undefined

  if (error && !data) {
    return (
      <Card>
        <ErrorState title="The posture could not be loaded" error={error} onRetry={() => refetch()} />
      </Card>
    )
  }
  return (
    <div className="grid gap-4">
      {data ? (
        <>
          <ScoreCard posture={data} />
          <SeverityTiles counts={data.counts} chosen={filter.severity} onChoose={(severity) => url.set({ severity })} />
        </>
      ) : (
        <>
          <Skeleton className="h-20" />
          <Skeleton className="h-16" />
        </>
      )}
      {data && data.unjudged > 0 && (
        <Callout title={data.unjudged === 1 ? 'One trust is being judged' : `${data.unjudged} trusts are being judged`}>
          They are not in the score yet. The page shows them as they are done.
        </Callout>
      )}
      {data?.isMore && <Callout tone="attention">There are more trusts than can be judged.</Callout>}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <Section title="Trusts" description="The worst first." flush>
          <FilterBar onClear={isFiltered ? clear : null}>
            <FilterSelect
              label="Severity"
              any="All severities"
              options={severities.map((severity) => ({ value: severity, label: severityWord(severity) }))}
              value={filter.severity ?? null}
              onChange={(severity) => url.set({ severity })}
            />
            <FilterSelect
              label="Rule"
              any="All rules"
              options={ruleOptions(data?.rules ?? [], filter.rule)}
              value={filter.rule ?? null}
              onChange={(rule) => url.set({ rule })}
            />
            <FilterSelect
              label="Method"
              any="All methods"
              options={kindNames.map((kind) => ({ value: kind, label: methodName(kind) }))}
              value={filter.method ?? null}
              onChange={(method) => url.set({ method })}
            />
            <FilterSelect
              label="Muted"
              any="Open findings"
              options={[{ value: 'true', label: 'Muted findings' }]}
              value={filter.muted ?? null}
              onChange={(muted) => url.set({ muted })}
            />
          </FilterBar>
          <DataTable
            caption="Trusts by posture"
            columns={postureColumns}
            rows={data?.trusts}
            rowId={({ id }) => id}
            rowHref={({ id }) => `/posture${toQueryString({ ...filter, trust: id })}`}
            selectedRowId={openId}
            error={error}
            onRetry={() => refetch()}
            busy={isFetching}
            pages={{ kind: 'more', onMore: hasNextPage ? () => fetchNextPage() : null, busy: isFetchingNextPage }}
            empty={
              isFiltered ? (
                <EmptyState icon={SearchX} title="No trust matches" action={<Button onClick={clear}>Show all</Button>}>
                  Choose another severity, rule or method.
                </EmptyState>
              ) : (
                <EmptyState icon={ShieldCheck} title="No trusts yet">
                  Every trust is judged here: which of its rules let others in, and how to close them. Set up a login
                  method of an identity, an issuer or a sign-in provider first.
                </EmptyState>
              )
            }
          />
        </Section>
        <Section title="By rule" description="Findings, and the number of trusts that have them." flush>
          {data ? <RuleList rules={data.rules} /> : <Skeleton className="m-4 h-40" />}
        </Section>
      </div>
      <Sheet open={openId !== null} onOpenChange={(isOpen) => !isOpen && url.set({ trust: null })}>
        <SheetContent title={open ? (open.identityName ?? open.name) : 'Trust'}>
          {openId && <TrustDetail trustId={openId} href={open ? trustHref({ ...open, kind: open.method }) : null} />}
        </SheetContent>
      </Sheet>
    </div>
  )
}

/** Rules that find something, and the one that a link asked for. */
function ruleOptions(
  rules: readonly { id: string; title: string; trusts: number; muted: number }[],
  asked: string | undefined,
) {
  return rules
    .filter(({ id, trusts, muted }) => trusts + muted > 0 || id === asked)
    .map(({ id, title }) => ({ value: id, label: `${id} ${title}` }))
}

'use client'

import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { ErrorState } from '@/components/ui/error-state'
import { keepRowStops, moveInRow } from '@/components/ui/in-row'
import { Select } from '@/components/ui/select'
import { shownText } from '@/components/ui/shown'
import { CardSkeleton, Skeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { type PublishedTrust, type TrustVersion, useTrustVersion, useTrustVersions } from '@/lib/client/trust-versions'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { changeSentences, withoutBookkeeping } from '@/lib/model/change-sentences'
import { actorWords } from './action-words'
import { ChangeList } from './change-list'
import { ChangeTable } from './change-table'
import { ComparisonView } from './comparison-view'
import { diffFields } from './diff-fields'
import { RestoreVersion } from './restore-version'

/** What a trust was before: its versions, any two compared, and one restored. */
export function TrustVersionsPage({ trustId }: { trustId: string }) {
  const { data: versions, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTrustVersions(trustId)
  const { data: now } = useTrustVersion(trustId, versions?.[0]?.version ?? null)
  return (
    <>
      <PageHeader
        title={now ? `Versions of ${now.identityName ?? now.name}` : 'Versions of a trust'}
        breadcrumbs={[{ label: 'Audit', href: `/audit?action=trust&search=${trustId}` }]}
        description="The trust after each change. You can look at each version, compare any two, and restore one."
      />
      {error && !versions ? (
        <Card>
          <ErrorState title="The versions could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      ) : versions ? (
        // After a restore, what it did is compared.
        <Compared key={versions[0]?.version} trustId={trustId} versions={versions} />
      ) : (
        <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <CardSkeleton />
          <CardSkeleton />
        </div>
      )}
      {hasNextPage && (
        <Button onClick={() => fetchNextPage()} busy={isFetchingNextPage}>
          Load older versions
        </Button>
      )}
    </>
  )
}

function Compared({ trustId, versions }: { trustId: string; versions: readonly TrustVersion[] }) {
  const current = versions[0]?.version ?? 1
  const url = useUrlParameters()
  const asked = Number(url.get('version'))
  const known = versions.find(({ version }) => version === asked && version !== current)
  const [before, setBefore] = useState((known ?? versions[1])?.version ?? current)
  const [after, setAfter] = useState(current)
  const { data: one } = useTrustVersion(trustId, before)
  const { data: other } = useTrustVersion(trustId, after)
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Section title="Versions" flush>
        <ol ref={keepRowStops} onKeyDown={moveInRow}>
          {versions.map((version) => (
            <li key={version.version} data-row className="flex items-center gap-3 border-b px-4 py-2 last:border-b-0">
              <span className="min-w-0 flex-1">
                <span className="font-medium">Version {version.version}</span>
                {version.version === current && <span className="text-muted-foreground"> · current</span>}
                <span className="block text-compact text-muted-foreground">
                  <TimeAgo at={version.at} /> by {shownText(whoOf(version))}
                </span>
              </span>
              <Button
                size="sm"
                aria-label={`Compare version ${version.version}`}
                onClick={() => {
                  setBefore(version.version)
                  setAfter(current)
                }}
                disabled={version.version === current}
              >
                Compare
              </Button>
              <RestoreVersion trustId={trustId} version={version.version} current={current} />
            </li>
          ))}
        </ol>
      </Section>
      <Section
        title="Compared"
        flush
        actions={
          <>
            <VersionSelect label="Before" versions={versions} value={before} onChange={setBefore} />
            <VersionSelect label="After" versions={versions} value={after} onChange={setAfter} />
          </>
        }
      >
        {one && other ? (
          <>
            <div className="px-4 pt-3">
              <ChangeList changes={changeSentences(one, other)} max={8} />
            </div>
            <ComparisonView before={one} after={other} />
            {before !== after && (
              <ChangeTable changes={diffFields(withoutBookkeeping(one), withoutBookkeeping(other))} />
            )}
            {before !== after && <Whole version={before} state={one} />}
            <Whole version={after} state={other} isOpen={before === after} />
          </>
        ) : (
          <Skeleton className="m-4 h-40" />
        )}
      </Section>
    </div>
  )
}

/** All that a version said. */
function Whole({ version, state, isOpen = false }: { version: number; state: PublishedTrust; isOpen?: boolean }) {
  const title = `All of version ${version}`
  return (
    <details open={isOpen} className="border-t px-4 py-3">
      <summary className="w-fit cursor-pointer rounded-sm text-compact">{title}</summary>
      <CodeBlock className="mt-2" label={title} code={JSON.stringify(withoutBookkeeping(state), null, 2)} />
    </details>
  )
}

const whoOf = ({ actorKind, actorName }: TrustVersion) =>
  actorKind === null ? 'an unknown actor' : actorWords({ actorKind, actorName })

type SelectProps = {
  label: string
  versions: readonly TrustVersion[]
  value: number
  onChange: (version: number) => void
}

function VersionSelect({ label, versions, value, onChange }: SelectProps) {
  return (
    <Select
      aria-label={label}
      className="w-44"
      value={String(value)}
      onValueChange={(chosen) => onChange(Number(chosen))}
      options={versions.map(({ version }) => ({ value: String(version), label: `${label}: version ${version}` }))}
    />
  )
}

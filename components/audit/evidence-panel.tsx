'use client'

import { CircleStop, Download, ShieldCheck, Stamp } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { counted } from '@/components/ui/counted'
import { ErrorState } from '@/components/ui/error-state'
import { KeyValueList } from '@/components/ui/key-value-list'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { Progress } from '@/components/ui/progress'
import { Shown } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { useLogHead, useMakeCheckpoint, useVerifyLog, type Verification } from '@/lib/client/audit-log'
import type { LogResult } from '@/lib/model/evidence'

/** The evidence log: its head, its last checkpoint, and its verification. */
export function EvidencePanel() {
  const { data: head, error, refetch } = useLogHead()
  const checkpoint = useMakeCheckpoint()
  const verification = useVerifyLog()
  return (
    <Section
      title="Evidence log"
      description="Every audit entry and every decision, each sealed with the hash of the one before, so that manual changes in the database are found."
      actions={
        <>
          <Button size="sm" onClick={() => (verification.isPending ? verification.stop() : verification.mutate())}>
            {verification.isPending ? <CircleStop aria-hidden /> : <ShieldCheck aria-hidden />}
            {verification.isPending ? 'Stop verifying' : 'Verify'}
          </Button>
          <Button size="sm" onClick={() => checkpoint.mutate()} busy={checkpoint.isPending}>
            <Stamp aria-hidden />
            Make checkpoint
          </Button>
          <Button size="sm" asChild>
            <a href="/api/admin/audit-log/export" download>
              <Download aria-hidden /> Export log
            </a>
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {verification.error && (
          <ErrorState
            title="The log could not be verified"
            error={verification.error}
            onRetry={() => verification.mutate()}
          />
        )}
        {verification.state && !verification.error && <Outcome state={verification.state} />}
        {head ? (
          <KeyValueList
            items={[
              { label: 'Entries', value: head.entries.toLocaleString('en') },
              {
                label: 'Head',
                value: head.hash && (
                  <span className="inline-flex items-center gap-1 font-mono text-compact">
                    <MiddleTruncate text={head.hash} head={12} tail={12} />
                    <CopyButton text={head.hash} label="Copy the hash of the head" />
                  </span>
                ),
              },
              { label: 'Sealed', value: head.sealedAt && <TimeAgo at={head.sealedAt} /> },
              { label: 'Not sealed yet', value: waiting(head.unsealed) },
              { label: 'Last checkpoint', value: head.checkpoint && <TimeAgo at={head.checkpoint.at} /> },
            ]}
          />
        ) : error ? (
          <ErrorState title="The log could not be loaded" error={error} onRetry={() => refetch()} />
        ) : (
          <Skeleton className="h-24" />
        )}
      </div>
    </Section>
  )
}

function Outcome({ state: { percent, problems, result } }: { state: Verification }) {
  if (!result) {
    return (
      <div className="grid gap-1.5">
        <p className="text-compact text-muted-foreground tabular-nums">
          Verifying every entry and its record{percent !== null && `: ${percent} %`}
        </p>
        <Progress value={percent} label="Verifying the evidence log" />
      </div>
    )
  }
  if (result.intact) {
    return (
      <Callout tone="info" title="The log is intact">
        {wordsOf(result)}
      </Callout>
    )
  }
  return (
    <Callout tone="danger" title={`The log is not intact: ${counted(result.problems, 'problem')}`}>
      <ul className="grid gap-1">
        {problems.slice(0, shownMax).map(({ message, seq, record }) => (
          <li key={`${seq} ${record} ${message}`}>
            <Shown text={message} />
          </li>
        ))}
      </ul>
    </Callout>
  )
}
const shownMax = 20

/** The server counts up to 1 000. */
const waiting = (unsealed: number) => `${unsealed.toLocaleString('en')}${unsealed >= 1_000 ? '+' : ''}`

function wordsOf({ entries, records, removed, adopted, checkpoints, unsealed }: LogResult): string {
  const parts = [
    `${counted(entries, 'entry', 'entries')} follow one another, and ${counted(records, 'record')} are what was written`,
    ...(checkpoints > 0 ? [`signed checkpoints that hold: ${checkpoints.toLocaleString('en')}`] : []),
    ...(removed > 0 ? [`removed by retention: ${counted(removed, 'record')}`] : []),
    ...(adopted > 0 ? [`older than the log: ${adopted.toLocaleString('en')}`] : []),
    ...(unsealed > 0 ? [`not sealed yet: ${unsealed.toLocaleString('en')}`] : []),
  ]
  return `${parts.join('; ')}.`
}

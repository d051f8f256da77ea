'use client'

import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { AuditEntry } from '@/lib/client/audit'
import { useIsDecision } from '@/lib/client/decisions'
import { actorWords, targetHref } from './action-words'

/** Actor, act, target, time and address of an audit entry. */
export function AuditFacts({ entry }: { entry: AuditEntry }) {
  // Links only a request that was a login: others have no decision.
  const { data: wasLogin } = useIsDecision(entry.requestId)
  const href = targetHref(entry)
  return (
    <KeyValueList
      items={[
        { label: 'When', value: <TimeAgo at={entry.at} /> },
        {
          label: 'Who',
          value: (
            <>
              {shownText(actorWords(entry))} <Badge icon={null}>{entry.actorKind}</Badge>
            </>
          ),
        },
        { label: 'Act', value: <code className="text-compact">{entry.action}</code> },
        {
          label: 'Target',
          value:
            entry.targetName &&
            (href ? <TextLink href={href}>{shownText(entry.targetName)}</TextLink> : entry.targetName),
        },
        { label: 'Reason', value: shownText(entry.reason) },
        { label: 'Target id', value: entry.targetId && <MiddleTruncate text={entry.targetId} head={13} tail={12} /> },
        {
          label: 'Request id',
          value: entry.requestId && (
            <span className="inline-flex flex-wrap items-center gap-x-1 font-mono text-compact">
              {wasLogin ? (
                <TextLink href={`/activity/${entry.requestId}`}>{entry.requestId}</TextLink>
              ) : (
                entry.requestId
              )}
              <CopyButton text={entry.requestId} label="Copy request id" />
            </span>
          ),
        },
        { label: 'IP', value: entry.ip && <code className="text-compact">{shownText(entry.ip)}</code> },
        {
          label: 'User agent',
          value: entry.userAgent && <code className="wrap-anywhere text-compact">{shownText(entry.userAgent)}</code>,
        },
      ]}
    />
  )
}

const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="underline underline-offset-2 hover:text-accent-text">
    {children}
  </Link>
)

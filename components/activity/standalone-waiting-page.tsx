'use client'

import type { ReactNode } from 'react'
import type { Breadcrumb } from '@/components/layout/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { trustHref } from '@/lib/client/trust-href'
import { type StoredTrust, useTrust } from '@/lib/client/trusts'
import type { StandaloneKind } from '@/lib/trust/kinds'
import type { Attempt } from './waiting-banner'
import { WaitingPage } from './waiting-page'

/** Waits for the first login by a trust that belongs to the organization. */
export function StandaloneWaitingPage({
  kind,
  trustId,
  attempt,
  one,
  list,
  below,
  steps,
}: {
  kind: StandaloneKind
  trustId: string
  attempt: Attempt
  /** Noun for one trust. */
  one: string
  list: Breadcrumb
  /** Below what arrived. */
  below?: (trust: StoredTrust) => ReactNode
  /** What to do so that one arrives. */
  steps: (trust: StoredTrust) => ReactNode
}) {
  const { data, error, refetch } = useTrust({ kind, trustId })
  const trust = data && data.kind !== kind ? null : data
  const href = trustHref({ id: trustId, kind, identityId: null }) ?? list.href
  return (
    <WaitingPage
      attempt={attempt}
      of={{ trustId }}
      trust={trust}
      breadcrumbs={[list, ...(trust ? [{ label: trust.name, href }] : [])]}
      links={{ editor: href, done: { href: `/activity?trust=${trustId}`, label: `Its ${attempt}s` } }}
      problem={error && { error, onRetry: refetch }}
      missing={
        <EmptyState title={`There is no such ${one}`}>It may have been removed since the link was made.</EmptyState>
      }
      below={trust && below?.(trust)}
      steps={steps}
    />
  )
}

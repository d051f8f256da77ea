'use client'

import { ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { FrozenMark } from '@/components/layout/frozen-trust'
import { PageHeader } from '@/components/layout/page-header'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { CardSkeleton, Skeleton } from '@/components/ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { useIdentity } from '@/lib/client/identities'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { CanaryBadge } from './canary-badge'
import { IdentityActs } from './identity-acts'
import { IdentityOverview } from './identity-overview'

const tabs = ['overview', 'tokens', 'activity'] as const

/** Page of one identity. The page file passes in sections of other folders (Token Auth, tokens, activity). */
export function IdentityPage({
  identityId,
  tokenAuth,
  tokens,
  decoys,
  activity,
}: {
  identityId: string
  tokenAuth: ReactNode
  tokens: ReactNode
  decoys: ReactNode
  activity: ReactNode
}) {
  const url = useUrlParameters()
  const { data: identity, error, refetch } = useIdentity(identityId)
  const breadcrumbs = [{ label: 'Identities', href: '/identities' }]

  if (error && !identity) {
    return (
      <>
        <PageHeader title="Identity" breadcrumbs={breadcrumbs} />
        <Card>
          <ErrorState title="This identity could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      </>
    )
  }
  if (!identity) {
    return (
      <>
        <PageHeader title="Identity" breadcrumbs={breadcrumbs} />
        <div className="grid gap-4">
          <Skeleton className="h-9 w-72" />
          <Skeleton className="h-20 rounded-lg" />
          <div className="grid gap-4 lg:grid-cols-2">
            <CardSkeleton lines={3} />
            <CardSkeleton lines={6} />
          </div>
        </div>
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={identity.name}
        breadcrumbs={breadcrumbs}
        status={
          <>
            <Badge icon={null}>{identity.role}</Badge>
            {identity.isCanary && <CanaryBadge />}
            <FrozenMark of={{ identityId: identity.id }} />
            {identity.hasDeleteProtection && <Badge icon={ShieldCheck}>Delete protection</Badge>}
          </>
        }
        description={<MiddleTruncate text={identity.id} head={36} tail={0} />}
        action={<IdentityActs identity={identity} />}
      />
      <Tabs
        value={tabs.find((tab) => tab === url.get('tab')) ?? 'overview'}
        onValueChange={(tab) => url.set({ tab: tab === 'overview' ? null : tab }, 'push')}
      >
        <TabsList aria-label={`Views of ${identity.name}`}>
          <TabsTrigger value="overview">Overview</TabsTrigger>
          <TabsTrigger value="tokens">Tokens</TabsTrigger>
          <TabsTrigger value="activity">Activity</TabsTrigger>
        </TabsList>
        <TabsContent value="overview">
          <IdentityOverview identity={identity} tokenAuth={tokenAuth} />
        </TabsContent>
        <TabsContent value="tokens" className="grid gap-4">
          {tokens}
          {decoys}
        </TabsContent>
        <TabsContent value="activity">{activity}</TabsContent>
      </Tabs>
    </>
  )
}

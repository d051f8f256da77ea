'use client'

import { UserX } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Card, Section } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { KeyValueList } from '@/components/ui/key-value-list'
import { DetailSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { ApiError } from '@/lib/client/api-error'
import { type Member, useMember } from '@/lib/client/members'
import { useSession } from '@/lib/client/session'
import { FactorBadges } from './factor-badges'
import { MemberHoldings } from './member-holdings'
import { MemberLinks } from './member-links'
import { MemberRole } from './member-role'
import { MemberSessions } from './member-sessions'
import { PasswordLink } from './password-link'
import { RemoveMember } from './remove-member'
import { ResetFactor } from './reset-factor'

const breadcrumbs = [{ label: 'Members', href: '/settings' }]

/** Page of one person: sign-in methods, sessions, what they control. For admins. */
export function MemberPage({ userId }: { userId: string }) {
  const { data: member, error, refetch } = useMember(userId)
  const { data: session } = useSession()
  if (member && session?.role === 'admin') return <Person member={member} isSelf={session.user.id === userId} />
  const isGone = error instanceof ApiError && error.kind === 'not-found'
  return (
    <>
      <PageHeader title="Member" breadcrumbs={breadcrumbs} />
      {error && !isGone ? (
        <ErrorState title="This member could not be loaded" error={error} onRetry={() => refetch()} />
      ) : isGone || (member && session) ? (
        <Card>
          <EmptyState icon={UserX} title={isGone ? 'There is no such member' : 'For admins only'}>
            {isGone
              ? 'They may have been removed. What they did is still in the audit.'
              : 'Your own account is under Settings › Your account.'}
          </EmptyState>
        </Card>
      ) : (
        <DetailSkeleton />
      )}
    </>
  )
}

function Person({ member, isSelf }: { member: Member; isSelf: boolean }) {
  return (
    <>
      <PageHeader
        title={member.name}
        breadcrumbs={breadcrumbs}
        description={member.email}
        action={<RemoveMember member={member} />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Section title="Sign-in">
          <KeyValueList
            items={[
              { label: 'Role', value: <MemberRole member={member} /> },
              { label: 'Since', value: <TimeAgo at={member.createdAt} /> },
              { label: 'Second factor', value: <FactorBadges factors={member.factors} /> },
            ]}
          />
          <div className="mt-3 flex flex-wrap gap-2">
            <PasswordLink member={member} />
            {!isSelf && <ResetFactor member={member} />}
          </div>
        </Section>
        <MemberHoldings member={member} />
        <div className="min-w-0 lg:col-span-2">
          <MemberSessions member={member} />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <MemberLinks member={member} />
        </div>
      </div>
    </>
  )
}

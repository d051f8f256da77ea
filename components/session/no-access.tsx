'use client'

import { Lock } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'

/** What somebody without a role sees: why, and who can change it. */
export function NoAccess({ organization, email }: { organization: string; email: string }) {
  return (
    <>
      <PageHeader title="No access yet" />
      <Card>
        <EmptyState icon={Lock} title={`You have no role in ${organization}`}>
          You are signed in as {email}, but with the role <code>no-access</code> there is nothing you may see. Ask an
          admin to give you the role auditor (reads), member (manages) or admin under Settings, then reload this page.
        </EmptyState>
      </Card>
    </>
  )
}

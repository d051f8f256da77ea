'use client'

import { Lock } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { shownText } from '@/components/ui/shown'

/** Shown to people without a role: why, and who can change it. */
export function NoAccess({ organization, name, email }: { organization: string; name: string; email: string }) {
  // People from a provider without an email address have a placeholder address.
  const who = email.endsWith('@sign-in.invalid') ? name : email
  return (
    <>
      <PageHeader title="No access yet" />
      <Card>
        <EmptyState icon={Lock} title={`You have no role in ${organization}`}>
          You are signed in as {shownText(who)}, but with the role <code>no-access</code> there is nothing you may see.
          Ask an admin to give you the role auditor (reads), member (manages) or admin under Settings, then reload this
          page.
        </EmptyState>
      </Card>
    </>
  )
}

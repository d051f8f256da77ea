'use client'

import { Activity } from 'lucide-react'
import { ExportMenu } from '@/components/layout/export-menu'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { decisionExports, evidencePackExport } from '@/lib/client/exports'
import { identityDecisionColumns } from './decision-columns'
import { DecisionList } from './decision-list'

/** Lists the login decisions of one identity. */
export function IdentityActivity({ identityId }: { identityId: string }) {
  return (
    <Section
      title="Logins"
      description="Every accepted and refused login, newest first."
      flush
      actions={
        <>
          <Button asChild size="sm">
            <Link href={`/activity?identity=${identityId}`}>Open in Activity</Link>
          </Button>
          <ExportMenu size="sm" choices={[...decisionExports({ identityId }), evidencePackExport({ identityId })]} />
        </>
      }
    >
      <DecisionList
        filter={{ identityId }}
        columns={identityDecisionColumns}
        empty={
          <EmptyState icon={Activity} title="No logins yet">
            Once it tries to log in, every decision is listed here with all its checks.
          </EmptyState>
        }
      />
    </Section>
  )
}

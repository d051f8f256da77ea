'use client'

import type { ReactNode } from 'react'
import { CanaryNote } from '@/components/layout/canary-note'
import { FrozenNotice } from '@/components/layout/frozen-trust'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/card'
import { KeyValueList } from '@/components/ui/key-value-list'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { UnreadableCallout } from '@/components/ui/unreadable-callout'
import type { Identity } from '@/lib/client/identities'
import { methodName, roleHelp } from '@/lib/client/words'
import { BrokenTrustRows } from './broken-trust-rows'
import { IdentityFindings, IdentityGlance } from './identity-glance'
import { TrustMethodRows } from './method-rows'

/** Shows an identity and its login methods. */
export function IdentityOverview({ identity, tokenAuth }: { identity: Identity; tokenAuth: ReactNode }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Unreadable identity={identity} />
      <CanaryNote identity={identity} />
      <FrozenNotice of={{ identityId: identity.id }} />
      <IdentityGlance identity={identity} />
      <Section title="Login methods" description="The methods of this identity, and where each is set up." flush>
        <ul className="divide-y">
          <TrustMethodRows identity={identity} />
          <BrokenTrustRows identity={identity} />
          {tokenAuth}
        </ul>
      </Section>
      <Section title="Details">
        <KeyValueList
          items={[
            {
              label: 'Role',
              value: (
                <>
                  <Badge icon={null}>{identity.role}</Badge>{' '}
                  <span className="text-muted-foreground">{roleHelp[identity.role]}</span>
                </>
              ),
            },
            { label: 'Delete protection', value: identity.hasDeleteProtection ? 'On' : 'Off' },
            {
              label: 'Last login',
              value: identity.lastLoginAt ? (
                <>
                  <TimeAgo at={identity.lastLoginAt} />
                  {identity.lastLoginMethod && ` by ${methodName(identity.lastLoginMethod)}`}
                </>
              ) : (
                'Never'
              ),
            },
            { label: 'Created', value: <TimeAgo at={identity.createdAt} /> },
            { label: 'Changed', value: <TimeAgo at={identity.updatedAt} /> },
            { label: 'Metadata', value: identity.metadata.length > 0 ? <MetadataRows identity={identity} /> : null },
          ]}
        />
      </Section>
      <IdentityFindings identityId={identity.id} />
    </div>
  )
}

function Unreadable({ identity: { unreadable = [] } }: { identity: Identity }) {
  if (unreadable.length === 0) return null
  return (
    <div className="col-span-full">
      <UnreadableCallout what="this identity" parts={unreadable}>
        {unreadable.includes('role') ? ', so it has no access.' : '.'} Edit the identity, fill that in again and save.
      </UnreadableCallout>
    </div>
  )
}

function MetadataRows({ identity: { metadata } }: { identity: Identity }) {
  return (
    <ul className="grid gap-1 font-mono text-compact">
      {metadata.map(({ key, value }) => (
        <li key={key} className="break-all">
          <span className="text-muted-foreground">{shownText(key)}</span> = {shownText(value)}
        </li>
      ))}
    </ul>
  )
}

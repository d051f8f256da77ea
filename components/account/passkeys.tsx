'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { Shown } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Account, Passkey } from '@/lib/client/account'
import { useKnowsPasskeys } from '@/lib/client/passkeys'
import { AddPasskey } from './add-passkey'
import { PasskeyActs } from './passkey-acts'

/** Lists the signed-in person's passkeys. */
export function Passkeys({ account }: { account: Account }) {
  const [adding, setAdding] = useState(false)
  const isKnown = useKnowsPasskeys()
  const canAdd = isKnown && account.passkeysAvailable
  return (
    <Section
      title="Passkeys"
      description="A fingerprint, a face or a PIN, instead of password and code."
      flush
      actions={
        canAdd && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <KeyRound aria-hidden />
            Add passkey
          </Button>
        )
      }
    >
      <DataTable
        caption="Your passkeys"
        columns={columns}
        rows={account.passkeys}
        rowId={(passkey) => passkey.id}
        empty={
          <EmptyState icon={KeyRound} title="No passkeys">
            {canAdd ? 'Add one for each device you sign in on.' : unavailableWords(isKnown)}
          </EmptyState>
        }
      />
      <AddPasskey account={account} open={adding} onOpenChange={setAdding} />
    </Section>
  )
}

const unavailableWords = (isKnown: boolean) =>
  isKnown ? (
    <>
      Browsers give none at this address. An operator sets <code>PUBLIC_URL</code> to an https address; on your own
      machine, open <code>http://localhost</code> instead of an IP address.
    </>
  ) : (
    'Passkeys are not available at this address: browsers offer them only on https and localhost.'
  )

const column = columnsOf<Passkey>()

const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row: { original } }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <b className="break-words font-medium">
          <Shown text={original.name} />
        </b>
        {original.isBackedUp && <Badge icon={null}>synchronised</Badge>}
      </span>
    ),
  }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <LastUsed at={getValue()} />,
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => <PasskeyActs passkey={row.original} />,
  }),
])

const LastUsed = ({ at }: { at: string | null }) => (at ? <TimeAgo at={at} /> : <>Never</>)

'use client'

import { Bird } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type DecoyToken, useDecoyTokens, useRemoveDecoyToken } from '@/lib/client/decoy-tokens'
import { useIdentity } from '@/lib/client/identities'
import { useCan } from '@/lib/client/session'

// Its form is loaded when it is opened.
const MakeDecoyToken = onDemand(() => import('./make-decoy-token').then((module) => module.MakeDecoyToken))

/** Tokens that open nothing and whose use is an incident, of one identity. */
export function DecoyTokens({ identityId }: { identityId: string }) {
  const isCanary = useIdentity(identityId).data?.isCanary ?? false
  const { data, error, refetch, isFetching } = useDecoyTokens(identityId)
  const [making, setMaking] = useState(false)
  const isAdmin = useCan('administer')
  const make = isAdmin && isCanary && (
    <Button size="sm" onClick={() => setMaking(true)}>
      Make decoy token
    </Button>
  )
  return (
    <Section
      title="Decoy tokens"
      description="They look like access tokens of a canary and give access to nothing. Any use opens an incident immediately."
      flush
      actions={data && data.length > 0 ? make : undefined}
    >
      <DataTable
        caption="Decoy tokens"
        columns={columns}
        rows={data}
        rowId={({ id }) => id}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={1}
        empty={
          <EmptyState icon={Bird} title="No decoy tokens" action={make || undefined}>
            {isCanary
              ? 'Plant one where no token should be read: a settings file, a CI variable, a wiki page. The incident says which place leaked.'
              : 'A decoy token needs a canary. Make this identity or another one a canary under Edit.'}
          </EmptyState>
        }
      />
      {making && <MakeDecoyToken identityId={identityId} open onOpenChange={setMaking} />}
    </Section>
  )
}

const column = columnsOf<DecoyToken>()

const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    enableSorting: false,
    cell: ({ getValue }) => <span className="font-medium">{shownText(getValue())}</span>,
  }),
  column.accessor('place', {
    header: 'Planted in',
    enableSorting: false,
    cell: ({ getValue }) =>
      getValue() === '' ? <span className="text-muted-foreground">Not noted</span> : shownText(getValue()),
  }),
  column.accessor('createdAt', {
    header: 'Made',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue, row: { original } }) => (
      <>
        <TimeAgo at={getValue()} />
        {original.createdByName !== null && <> by {shownText(original.createdByName)}</>}
      </>
    ),
  }),
  column.accessor('expiresAt', {
    header: 'Says it expires',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => <RemoveDecoyToken decoy={row.original} />,
  }),
])

function RemoveDecoyToken({ decoy: { id, name } }: { decoy: DecoyToken }) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveDecoyToken()
  if (!useCan('administer')) return null
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        confirmLabel="Remove decoy token"
        onConfirm={async () => {
          await remove.mutateAsync(id)
          toast.success('Decoy token removed')
        }}
      >
        It still gives access to nothing, but its use no longer opens an incident. Remove it from where it is planted.
      </ConfirmDialog>
    </>
  )
}

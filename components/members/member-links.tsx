'use client'

import { Unlink } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type Member, type MemberLink, useMemberLinks, useUnlinkMember } from '@/lib/client/members'

type Row = MemberLink & { member: Member }

/** Lists the providers through which a person signs in. */
export function MemberLinks({ member }: { member: Member }) {
  const { data, error, refetch, isFetching } = useMemberLinks(member.id)
  return (
    <Section title="Providers" description="Subjects of sign-in providers that sign in as this person." flush>
      <DataTable
        caption={`Provider links of ${member.name}`}
        columns={columns}
        rows={data?.map((link) => ({ ...link, member }))}
        rowId={(link) => link.id}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={1}
        empty={<EmptyState icon={Unlink} title="Linked to no provider" />}
      />
    </Section>
  )
}

const column = columnsOf<Row>()

const columns = column.columns([
  column.accessor('provider', {
    header: 'Provider',
    cell: ({ row: { original } }) => (
      <Link href={`/providers/${original.trustId}`} className="underline underline-offset-2">
        <Shown text={original.provider} />
      </Link>
    ),
  }),
  column.accessor('subject', {
    header: 'Subject',
    cell: ({ getValue }) => (
      <code className="break-all text-compact">
        <Shown text={getValue()} />
      </code>
    ),
  }),
  column.accessor('createdAt', {
    header: 'Linked',
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => <UnlinkProvider {...row.original} />,
  }),
])

function UnlinkProvider({ id, provider, member }: Row) {
  const [asking, setAsking] = useState(false)
  const unlink = useUnlinkMember()
  return (
    <>
      <Button size="sm" aria-label={`Unlink ${provider}`} onClick={() => setAsking(true)}>
        Unlink
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Unlink ${member.name} from ${provider}?`}
        confirmLabel="Unlink"
        onConfirm={async () => {
          await unlink.mutateAsync({ userId: member.id, linkId: id })
          toast.success(`${member.name} can no longer sign in through ${provider}`)
        }}
      >
        From now on this subject does not sign in as {shownText(member.name)}. Sessions go on; end them above if they
        must stop at once. A provider that registers people makes a new person of the subject at the next sign-in.
      </ConfirmDialog>
    </>
  )
}

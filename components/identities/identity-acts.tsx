'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ExportMenu } from '@/components/layout/export-menu'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { onDemand } from '@/components/ui/on-demand'
import { evidencePackExport } from '@/lib/client/exports'
import type { Identity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { DeleteIdentity } from './delete-identity'

// Its form is loaded when it is opened.
const IdentityDialog = onDemand(() => import('./identity-dialog').then((module) => module.IdentityDialog))

/** Export, for all who see it; edit and delete, for actors whose role is not below the identity's. */
export function IdentityActs({ identity }: { identity: Identity }) {
  return (
    <>
      <ExportMenu choices={[evidencePackExport({ identityId: identity.id })]} />
      <Changes identity={identity} />
    </>
  )
}

function Changes({ identity }: { identity: Identity }) {
  const own = useSession().data?.role ?? 'no-access'
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)

  if (!canAccess(own, 'write')) return null
  if (!roleIncludes(own, identity.role)) {
    return (
      <p className="max-w-64 text-compact text-muted-foreground">
        Its role ({identity.role}) is above yours ({own}), so you cannot change it.
      </p>
    )
  }
  return (
    <>
      <Button onClick={() => setEditing(true)}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <IconButton label="Delete identity" variant="secondary" onClick={() => setDeleting(true)}>
        <Trash2 aria-hidden />
      </IconButton>
      {editing && <IdentityDialog identity={identity} open onOpenChange={setEditing} />}
      <DeleteIdentity identity={identity} open={deleting} onOpenChange={setDeleting} />
    </>
  )
}

'use client'

import { useState } from 'react'
import { formatDuration } from '@/components/form/duration'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { MethodRow } from '@/components/ui/method-row'
import { toast } from '@/components/ui/toaster'
import { UnreadableCallout } from '@/components/ui/unreadable-callout'
import { type Identity, useIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { type TokenAuth, useRemoveTokenAuth, useTokenAuth } from '@/lib/client/tokens'
import { methodName } from '@/lib/client/words'
import { grantedSeconds } from '@/lib/trust/grant'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { AttachTokenAuth } from './attach-token-auth'
import { IssueToken } from './issue-token'

/** Token Auth of an identity: attach, remove, issue a token. */
export function TokenAuthRow({ identityId }: { identityId: string }) {
  const { data: identity } = useIdentity(identityId)
  const isSetUp = identity?.methods.includes('token') ?? false
  const { data: tokenAuth } = useTokenAuth(identityId, { enabled: isSetUp })
  const own = useSession().data?.role ?? 'no-access'
  if (!identity) return null

  const mayAct = canAccess(own, 'write') && roleIncludes(own, identity.role)
  const isUnreadable = tokenAuth?.unreadable !== undefined
  return (
    <>
      <MethodRow
        name={methodName('token')}
        isSetUp={isSetUp}
        actions={
          mayAct &&
          (isSetUp ? <SetUpActs identity={identity} canIssue={!isUnreadable} /> : <Attach identity={identity} />)
        }
      >
        {isSetUp ? grantWords(tokenAuth) : 'Lets people issue access tokens for it without a login, for automation.'}
      </MethodRow>
      {isUnreadable && (
        <li className="p-3">
          <UnreadableCallout what="Token Auth" parts={['token settings']}>
            , so no token can be issued. Remove Token Auth and attach it again; the tokens issued through it end with
            it.
          </UnreadableCallout>
        </li>
      )}
    </>
  )
}

function Attach({ identity }: { identity: Identity }) {
  const [attaching, setAttaching] = useState(false)
  return (
    <>
      <Button onClick={() => setAttaching(true)}>Attach Token Auth</Button>
      <AttachTokenAuth identity={identity} open={attaching} onOpenChange={setAttaching} />
    </>
  )
}

function SetUpActs({ identity, canIssue }: { identity: Identity; canIssue: boolean }) {
  const [act, setAct] = useState<'issue' | 'remove' | null>(null)
  const remove = useRemoveTokenAuth(identity.id)
  const close = () => setAct(null)
  return (
    <>
      {canIssue && <Button onClick={() => setAct('issue')}>Issue token</Button>}
      <Button variant="ghost" onClick={() => setAct('remove')} aria-label="Remove Token Auth">
        Remove
      </Button>
      <IssueToken identity={identity} open={act === 'issue'} onOpenChange={close} />
      <ConfirmDialog
        open={act === 'remove'}
        onOpenChange={close}
        title={`Remove Token Auth from ${identity.name}?`}
        confirmLabel="Remove Token Auth"
        onConfirm={async () => {
          await remove.mutateAsync()
          toast.success('Token Auth removed')
        }}
      >
        Every token issued through it stops working at once, and no new one can be issued. Logins by other methods go
        on.
      </ConfirmDialog>
    </>
  )
}

function grantWords(tokenAuth: TokenAuth | undefined): string {
  if (!tokenAuth || tokenAuth.unreadable) return 'Access tokens can be issued without a login.'
  const { grant } = tokenAuth
  const uses = grant.usesMax === 0 ? 'any number of uses' : grant.usesMax === 1 ? 'one use' : `${grant.usesMax} uses`
  return `Tokens live ${formatDuration(grantedSeconds(grant))}, ${uses}, from ${grant.trustedIps.join(', ')}.`
}

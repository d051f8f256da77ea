'use client'

import { FrozenMark } from '@/components/layout/frozen-trust'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { MethodRow } from '@/components/ui/method-row'
import type { Identity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { methodName } from '@/lib/client/words'
import { type IdentityKind, identityKinds, outlineOf } from '@/lib/trust/kinds/outline'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { MethodPosture } from './method-posture'

/** Login methods of an identity that use a trust, with links to their editors. */
export function TrustMethodRows({ identity }: { identity: Identity }) {
  return identityKinds.map((kind) => (
    <MethodRow
      key={kind}
      name={methodName(kind)}
      isSetUp={identity.methods.includes(kind)}
      mark={<FrozenMark of={{ identityId: identity.id, method: kind }} />}
      actions={<EditorLink identity={identity} kind={kind} />}
    >
      {identity.methods.includes(kind) ? (
        <MethodPosture identityId={identity.id} kind={kind} />
      ) : (
        outlineOf(kind).purpose
      )}
    </MethodRow>
  ))
}

function EditorLink({ identity, kind }: { identity: Identity; kind: IdentityKind }) {
  const own = useSession().data?.role ?? 'no-access'
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.role)
  const isSetUp = identity.methods.includes(kind)
  if (!isSetUp && !canWrite) return null
  const verb = isSetUp ? (canWrite ? 'Edit' : 'View') : 'Set up'
  // Highlights the most common method while there is none; a canary accepts no login.
  const isFirstStep =
    !isSetUp && !identity.isCanary && kind === identityKinds[0] && identity.methods.every((one) => one === 'token')
  return (
    <Button asChild {...(isFirstStep ? { variant: 'primary' as const } : {})}>
      <Link href={outlineOf(kind).page({ id: '', identityId: identity.id }) ?? ''}>
        {verb} {methodName(kind)}
      </Link>
    </Button>
  )
}

'use client'

import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { MethodRow } from '@/components/ui/method-row'
import type { Identity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { methodName } from '@/lib/client/words'
import { canAccess, roleIncludes } from '@/lib/trust/role'

const trustMethods = [
  {
    method: 'jwt',
    slug: 'jwt-auth',
    invitation: 'Lets it log in with a token signed by keys you name: no stored secret.',
  },
  {
    method: 'oidc',
    slug: 'oidc-auth',
    invitation: 'Lets it log in with an ID token of an OpenID provider, whose keys are found by discovery.',
  },
] as const

/** The ways an identity logs in by a trust, and the way to the editor of each. */
export function TrustMethodRows({ identity }: { identity: Identity }) {
  return trustMethods.map(({ method, slug, invitation }) => (
    <MethodRow
      key={method}
      name={methodName(method)}
      isSetUp={identity.methods.includes(method)}
      actions={<EditorLink identity={identity} method={method} slug={slug} />}
    >
      {identity.methods.includes(method) ? 'It logs in with a token from an issuer you trust.' : invitation}
    </MethodRow>
  ))
}

function EditorLink({ identity, method, slug }: { identity: Identity; method: string; slug: string }) {
  const own = useSession().data?.role ?? 'no-access'
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.role)
  const isSetUp = identity.methods.includes(method)
  if (!isSetUp && !canWrite) return null
  const verb = isSetUp ? (canWrite ? 'Edit' : 'View') : 'Set up'
  // One first step stands out: the method most people want, while there is none.
  const isFirstStep = !isSetUp && method === 'jwt' && identity.methods.every((one) => one === 'token')
  return (
    <Button asChild {...(isFirstStep ? { variant: 'primary' as const } : {})}>
      <Link href={`/identities/${identity.id}/${slug}`}>
        {verb} {methodName(method)}
      </Link>
    </Button>
  )
}

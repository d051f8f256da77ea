'use client'

import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { MethodRow } from '@/components/ui/method-row'
import type { Identity } from '@/lib/client/identities'
import { useCan } from '@/lib/client/session'
import { methodName } from '@/lib/client/words'

/** JWT Auth of an identity, and the way to its editor. */
export function JwtAuthRow({ identity }: { identity: Identity }) {
  const canWrite = useCan('write')
  const isSetUp = identity.methods.includes('jwt')
  const href = `/identities/${identity.id}/jwt-auth`
  return (
    <MethodRow
      name={methodName('jwt')}
      isSetUp={isSetUp}
      actions={
        isSetUp ? (
          <Button asChild>
            <Link href={href}>{canWrite ? 'Edit JWT Auth' : 'View JWT Auth'}</Link>
          </Button>
        ) : (
          canWrite && (
            <Button asChild variant="primary">
              <Link href={href}>Set up JWT Auth</Link>
            </Button>
          )
        )
      }
    >
      {isSetUp
        ? 'It logs in with a token from an issuer you trust.'
        : 'Lets it log in with a token its platform already gives it: no stored secret.'}
    </MethodRow>
  )
}

/** A method that is set up but has no page of its own here. */
export function OtherMethodRow({ method }: { method: string }) {
  return (
    <MethodRow name={methodName(method)} isSetUp>
      Managed through its API; see the API reference.
    </MethodRow>
  )
}

'use client'

import { DoorOpen } from 'lucide-react'
import { StandaloneList } from '../standalone-list'
import { providerColumns } from './provider-columns'
import { hasText, toProviderRow } from './provider-row'

/** Lists sign-in providers. */
export const ProvidersPage = () => (
  <StandaloneList
    kind="sign-in"
    href="/providers"
    one="provider"
    title="Sign-in providers"
    description="People who sign in with a JWT from an application that has authenticated them."
    search={{
      placeholder: 'Name, issuer or gateway',
      help: 'Search by a part of the name, of the issuer or of the gateway’s host, or by the whole id.',
    }}
    columns={providerColumns}
    sortedBy="name"
    toRow={toProviderRow}
    hasText={hasText}
    none={{
      icon: DoorOpen,
      title: 'No sign-in provider yet',
      children:
        'A provider lets people sign in without a password: a gateway that has authenticated them sends their browser here with a JWT. Configure here whose JWTs are accepted. Each provider is a button on the sign-in page.',
    }}
  />
)

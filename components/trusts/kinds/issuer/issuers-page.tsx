'use client'

import { Stamp } from 'lucide-react'
import { StandaloneList } from '../standalone-list'
import { issuerColumns } from './issuer-columns'
import { hasText, toIssuerRow } from './issuer-row'

/** Lists issuers. */
export const IssuersPage = () => (
  <StandaloneList
    kind="issuer"
    href="/issuers"
    one="issuer"
    title="Issuers"
    description="Issuers whose tokens carry roles and permissions, and the most they may grant."
    search={{
      placeholder: 'Issuer or project',
      help: 'Search by a part of the issuer or of its project, or by the whole id.',
    }}
    columns={issuerColumns}
    sortedBy="issuer"
    toRow={toIssuerRow}
    hasText={hasText}
    none={{
      icon: Stamp,
      title: 'No issuers yet',
      children:
        'An issuer signs tokens that state the roles and permissions of their bearer. Add an issuer with its keys and the most it may grant. Its tokens can then be exchanged for access tokens at /auth/v1/tokens.',
    }}
  />
)

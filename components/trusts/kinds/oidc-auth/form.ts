import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { oidcAuth } from '@/lib/trust/kinds'
import { identityFields } from '../../form/identity-fields'
import { defineKindForm } from '../../form/kind-form'

export const oidcAuthForm = defineKindForm({
  kind: oidcAuth.kind,
  keyKinds: ['oidc-discovery'],
  fixedRows: [],
  sent: TrustInput,
  fields: identityFields(oidcAuth.kind),
  empty: {},
  optionsOf: () => ({}),
})

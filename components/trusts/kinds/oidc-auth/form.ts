import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { oidcAuth } from '@/lib/trust/kinds'
import { defineKindForm } from '../../form/kind-form'
import { policyFields } from '../../form/policy-fields'

export const oidcAuthForm = defineKindForm({
  kind: oidcAuth.kind,
  keyKinds: ['oidc-discovery'],
  fixedRows: [],
  sent: TrustInput,
  fields: policyFields(oidcAuth.kind),
  empty: {},
  optionsOf: () => ({}),
})

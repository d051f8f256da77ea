import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { jwtAuth } from '@/lib/trust/kinds'
import { defineKindForm } from '../../form/kind-form'
import { policyFields } from '../../form/policy-fields'

export const jwtAuthForm = defineKindForm({
  kind: jwtAuth.kind,
  keyKinds: ['jwks-url', 'static-pem'],
  fixedRows: [],
  sent: TrustInput,
  fields: policyFields(jwtAuth.kind),
  empty: {},
  optionsOf: () => ({ inactiveKeys: null }),
})

import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { jwtAuth } from '@/lib/trust/kinds'
import { identityFields } from '../../form/identity-fields'
import { defineKindForm } from '../../form/kind-form'

export const jwtAuthForm = defineKindForm({
  kind: jwtAuth.kind,
  keyKinds: ['jwks-url', 'static-pem'],
  fixedRows: [],
  sent: TrustInput,
  fields: identityFields(jwtAuth.kind),
  empty: {},
  optionsOf: () => ({ inactiveKeys: null }),
})

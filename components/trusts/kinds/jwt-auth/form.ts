import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { jwtAuth } from '@/lib/trust/kinds'
import {
  algorithmsField,
  enabledField,
  grantFields,
  issuerField,
  keyFields,
  lifetimeFields,
} from '../../form/common-fields'
import { defineKindForm } from '../../form/kind-form'
import { claimFields, targetFields } from '../../form/rule-fields'

export const jwtAuthForm = defineKindForm({
  kind: jwtAuth.kind,
  keyKinds: ['jwks-url', 'static-pem'],
  fixedRows: [],
  sent: TrustInput,
  fields: [
    ...keyFields([]),
    issuerField,
    ...targetFields(jwtAuth.kind),
    ...claimFields,
    ...grantFields,
    algorithmsField,
    ...lifetimeFields,
    enabledField('Accept logins'),
  ],
  empty: {},
  optionsOf: () => ({ inactiveKeys: null }),
})

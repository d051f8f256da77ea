import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { oidcAuth } from '@/lib/trust/kinds'
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

export const oidcAuthForm = defineKindForm({
  kind: oidcAuth.kind,
  keyKinds: ['oidc-discovery'],
  fixedRows: [],
  sent: TrustInput,
  fields: [
    ...keyFields([]),
    issuerField,
    ...targetFields(oidcAuth.kind),
    ...claimFields,
    ...grantFields,
    algorithmsField,
    ...lifetimeFields,
    enabledField('Accept logins'),
  ],
  empty: {},
  optionsOf: () => ({}),
})

import type { IdentityKind } from '@/lib/trust/kinds'
import { algorithmsField, enabledField, grantFields, issuerField, keyFields, lifetimeFields } from './common-fields'
import type { Field } from './field'
import { claimFields, targetFields } from './rule-fields'

/** Returns the fields of an identity's trust, in the order of a review. */
export const identityFields = (kind: IdentityKind): Field[] => [
  ...keyFields([]),
  issuerField,
  ...targetFields(kind),
  ...claimFields,
  ...grantFields,
  algorithmsField,
  ...lifetimeFields,
  enabledField('Accept logins'),
]

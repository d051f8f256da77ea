import type { Kind } from '@/lib/trust/kinds'
import { algorithmsField, enabledField, grantFields, issuerField, keyFields, lifetimeFields } from './common-fields'
import type { Field } from './field'
import { claimFields, targetFields } from './rule-fields'
import type { KeyKind } from './source-rows'

type Differences<Own> = {
  /** Kinds of key source whose rows are always there, as in the kind's form. */
  fixedRows?: readonly KeyKind[]
  /** The kind's own rules, before the other claims. */
  rules?: readonly Own[]
  grant?: readonly Field[]
  /** Label of the switch. */
  enabled?: string
}

/** Returns the fields that every kind of trust has, in the order of a review. */
export function policyFields<Own = never>(
  kind: Kind,
  { fixedRows = [], rules = [], grant = grantFields, enabled = 'Accept logins' }: Differences<Own> = {},
): (Field | Own)[] {
  return [
    ...keyFields(fixedRows),
    issuerField,
    ...targetFields(kind),
    ...rules,
    ...claimFields,
    ...grant,
    algorithmsField,
    ...lifetimeFields,
    enabledField(enabled),
  ]
}

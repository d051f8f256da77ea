import type { KeyValueRow } from '@/components/form/key-value-rows'
import type { StoredTrust } from '@/lib/client/trusts'
import { algorithms } from '@/lib/trust/algorithms'
import { definitionOf } from '@/lib/trust/kinds'
import type { ClaimRule, Lifetime } from '@/lib/trust/policy'
import { type FormTrust, setAt, stepsOf } from './field'
import type { KindForm } from './kind-form'
import { emptySourceRows } from './source-rows'
import type { FormLifetime, TrustFormValues } from './values'

/** Returns a new trust's form: short-lived access tokens, everything else unrestricted, as the notes point out. */
export function emptyTrustForm(form: KindForm): TrustFormValues {
  const { defaults } = definitionOf(form.kind)
  return {
    kind: form.kind,
    name: '',
    enabled: true,
    sources: emptySourceRows(form),
    keyUse: defaults.keyUse,
    issuer: '',
    audiences: [],
    subject: '',
    claims: [],
    otherRules: [],
    algorithms: [...algorithms],
    lifetime: toFormLifetime(defaults.lifetime),
    grant: { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['0.0.0.0/0', '::/0'] },
    mapped: [],
    ...structuredClone(form.empty),
  }
}

/** Form paths of a stored trust's columns. */
const placesOfColumns: Readonly<Record<string, (path: string) => boolean>> = {
  keys: (path) => path === 'sources',
  grant: (path) => path.startsWith('grant.') || path === 'mapped',
}

/**
 * Returns the form of a stored trust, or of a new one. A part that cannot be read is empty, so that it must be given
 * anew.
 */
export function valuesOf(form: KindForm, stored: StoredTrust | null): TrustFormValues {
  const unreadable = stored?.unreadable ?? []
  const own = new Set(Object.keys(form.empty))
  const isEmptied = (path: string) =>
    unreadable.some((column) => placesOfColumns[column]?.(path)) ||
    (unreadable.includes('options') && own.has(stepsOf(path)[0] ?? ''))
  return stored ? toFormValues(form, stored, isEmptied) : emptyTrustForm(form)
}

/** Returns a stored trust as form values. `toTrustInput` is the inverse. */
export function toFormValues(
  form: KindForm,
  trust: FormTrust,
  isEmptied: (path: string) => boolean = () => false,
): TrustFormValues {
  const values = emptyTrustForm(form)
  for (const { path, toForm } of form.fields) {
    const value = isEmptied(path) ? undefined : toForm?.(trust)
    if (value !== undefined) setAt(values, stepsOf(path), structuredClone(value))
  }
  return { ...values, ...toRuleFields(form, trust.rules) }
}

/** Returns the values of the fields that hold rules; rules that no field can hold are kept apart. */
export function toRuleFields(form: KindForm, rules: readonly ClaimRule[]): Partial<TrustFormValues> {
  const spelling = form.fields.flatMap((field) => (field.rules ? [field.rules] : []))
  const claims: KeyValueRow[] = []
  const otherRules: TrustFormValues['otherRules'] = []
  const taken = new Set<string>()
  // A stored trust without a rule requires nothing; defaults of new trusts do not apply.
  const fields: Partial<TrustFormValues> = { audiences: [], subject: '' }
  for (const [at, rule] of rules.entries()) {
    const spelled = taken.has(rule.path) ? null : firstOf(spelling, rule)
    if (!spelled) {
      otherRules.push({ at, rule })
      continue
    }
    const { claims: rows = [], ...own } = spelled
    taken.add(rule.path)
    Object.assign(fields, own)
    claims.push(...rows)
  }
  return { ...fields, claims, otherRules }
}

function firstOf(spelling: readonly NonNullable<KindForm['fields'][number]['rules']>[], rule: ClaimRule) {
  for (const { fromRule } of spelling) {
    const spelled = fromRule(rule)
    if (spelled) return spelled
  }
  return null
}

const toFormLifetime = (lifetime: Lifetime): FormLifetime => ({
  ...lifetime,
  tokenAgeSecondsMax: lifetime.tokenAgeSecondsMax ?? 0,
})

import type { Guide } from '@/lib/model/set-up-guide'
import { isPattern } from '@/lib/trust/matchers/glob'
import type { ClaimRule } from '@/lib/trust/policy'
import { exactRule } from '@/lib/trust/posture/exact-rule'
import type { KindForm } from '../form/kind-form'
import { emptySourceRow, emptySourceRows, type SourceRow } from '../form/source-rows'
import { toRuleFields } from '../form/trust-form'
import type { TrustFormValues } from '../form/values'

/** Returns the values of the trust form that follow from the answers of the guided set-up; other fields keep theirs. Pure. */
export function filledValues(form: KindForm, guide: Guide): Partial<TrustFormValues> {
  const { audience, audienceClaim } = guide
  const rules = [...(audience === '' ? [] : [{ path: audienceClaim, values: [audience] }]), ...guide.rules]
  const sources = sourcesOf(form, guide.keys)
  return {
    issuer: guide.issuer ?? '',
    ...(sources ? { sources } : {}),
    ...(guide.preset.id === 'generic' ? {} : { algorithms: [...guide.algorithms] }),
    ...toRuleFields(
      form,
      rules.map(({ path, values }) => fieldRule(form, path, values)),
    ),
    // A kind that demands a subject, whichever it is.
    ...(form.empty.subject !== undefined && rules.every(({ path }) => path !== 'sub')
      ? { subject: form.empty.subject }
      : {}),
  }
}

/** Exact, as the fields of the form hold it: of audiences as the kind does, of other claims as patterns without wildcards. */
function fieldRule(form: KindForm, path: string, values: string[]): ClaimRule {
  const exact = exactRule(form, path, values)
  const isPlain = path !== 'aud' && values.every((value) => value !== '' && !isPattern(value))
  return isPlain ? { ...exact, matcher: { kind: 'glob-any', values } } : exact
}

/** A kind whose rows are fixed takes what has its row. */
function sourcesOf(form: KindForm, keys: Guide['keys']): SourceRow[] | null {
  if (!keys) return null
  const row = { ...emptySourceRow(keys.kind), [keys.kind]: { url: keys.url, caCert: keys.caCert } }
  if (form.fixedRows.length === 0) return [row]
  const rows = emptySourceRows(form)
  return rows.some(({ kind }) => kind === row.kind) ? rows.map((one) => (one.kind === row.kind ? row : one)) : null
}

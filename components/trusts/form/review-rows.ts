import type { DimensionAnswer } from '@/lib/model/posture'
import type { TrustChange } from './diff-trust'
import type { KindForm } from './kind-form'

/** A changed field, and what the change does to what is accepted; null = nothing, or not known yet. */
export type ReviewRow = TrustChange & { effect: DimensionAnswer | null }

/** Joins the fields of a review with the dimensions of a comparison. Pure. */
export function reviewRows(
  form: KindForm,
  changes: readonly TrustChange[],
  dimensions: readonly DimensionAnswer[],
): ReviewRow[] {
  return changes.map((change) => {
    const id = dimensionOf(form, change)
    const own = dimensions.filter((one) => one.id === id || (id && one.id.startsWith(`${id}.`)))
    return { ...change, effect: worstOf(own) }
  })
}

/** Place in the policy of what a field says. A claim without a field of its own is named by the label. */
function dimensionOf({ fields }: KindForm, { field: path, label }: TrustChange): string | null {
  if (path === 'claims') return `rules.${label.replace(/^Claim /, '')}`
  const field = fields.find((one) => one.path === path)
  return (field?.rules ? field.claim && `rules.${field.claim}` : field?.sent?.path) ?? null
}

/** From most to least in need of a look. */
const order: readonly DimensionAnswer['relation'][] = ['wider', 'unknown', 'different', 'narrower', 'equal']

const worstOf = (dimensions: readonly DimensionAnswer[]): DimensionAnswer | null =>
  dimensions.toSorted((one, other) => order.indexOf(one.relation) - order.indexOf(other.relation))[0] ?? null

import type { FormTrust } from './field'
import type { KindForm } from './kind-form'
import { saidOfOtherClaims } from './rule-fields'

/** One changed field; null = absent. Display text, one line per value. */
export type TrustChange = {
  label: string
  before: string | null
  after: string | null
  /** Path of the field in the form. */
  field: string
}

/** Returns what a save would change, field by field, in the form's order. `before` null: everything is new. Pure. */
export function diffTrusts(form: KindForm, before: FormTrust | null, after: FormTrust): TrustChange[] {
  const old = before ? saidOfTrust(form, before) : new Map<string, Line>()
  const now = saidOfTrust(form, after)
  const labels = [...new Set([...now.keys(), ...old.keys()])]
  return labels
    .map((label) => {
      const [was, is] = [old.get(label), now.get(label)]
      return { label, before: was?.words ?? null, after: is?.words ?? null, field: (is ?? was)?.field ?? '' }
    })
    .filter((change) => change.before !== change.after)
}

type Line = { words: string; field: string }

/** Fields with the same label are joined, a line each, so that no change is hidden. */
function saidOfTrust({ fields }: KindForm, trust: FormTrust): Map<string, Line> {
  const found = new Map<string, Line>()
  for (const { path, said } of fields) {
    for (const [label, words] of path === 'claims' ? saidOfOtherClaims(trust.rules, fields) : said(trust)) {
      if (words === null) continue
      const known = found.get(label)
      found.set(label, known ? { ...known, words: `${known.words}\n${words}` } : { words, field: path })
    }
  }
  return found
}

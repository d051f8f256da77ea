import type { FormTrust, Said } from './field'
import type { KindForm } from './kind-form'
import { saidOfOtherClaims } from './rule-fields'

/** One changed field; null = absent. Display text, one line per value. */
export type TrustChange = { label: string; before: string | null; after: string | null }

/** Returns what a save would change, field by field, in the form's order. `before` null: everything is new. Pure. */
export function diffTrusts(form: KindForm, before: FormTrust | null, after: FormTrust): TrustChange[] {
  const old = before ? saidOfTrust(form, before) : new Map<string, string>()
  const now = saidOfTrust(form, after)
  const labels = [...new Set([...now.keys(), ...old.keys()])]
  return labels
    .map((label) => ({ label, before: old.get(label) ?? null, after: now.get(label) ?? null }))
    .filter((change) => change.before !== change.after)
}

function saidOfTrust({ fields }: KindForm, trust: FormTrust): Map<string, string> {
  return byLabel(
    fields.flatMap(({ path, said }) => (path === 'claims' ? saidOfOtherClaims(trust.rules, fields) : said(trust))),
  )
}

/** Fields with the same label are joined, a line each, so that no change is hidden. */
function byLabel(all: readonly Said[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [label, words] of all) {
    if (words === null) continue
    const said = found.get(label)
    found.set(label, said === undefined ? words : `${said}\n${words}`)
  }
  return found
}
